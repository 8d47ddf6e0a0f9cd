//! See `sekisho::fuzz::secret_id`.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| sekisho::fuzz::secret_id(data));
