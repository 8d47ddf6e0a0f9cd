//! See `sekisho::fuzz::aws_query`.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| sekisho::fuzz::aws_query(data));
