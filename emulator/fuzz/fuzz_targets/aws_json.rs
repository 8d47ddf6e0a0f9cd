//! See `sekisho::fuzz::aws_json`.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| sekisho::fuzz::aws_json(data));
