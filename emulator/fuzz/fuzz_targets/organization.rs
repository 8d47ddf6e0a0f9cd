//! See `sekisho::fuzz::organization`.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| sekisho::fuzz::organization(data));
