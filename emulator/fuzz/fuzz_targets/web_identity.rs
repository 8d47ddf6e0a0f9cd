//! See `sekisho::fuzz::web_identity`.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| sekisho::fuzz::web_identity(data));
