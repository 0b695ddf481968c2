//! The target `headers` under libFuzzer.

#![no_main]

libfuzzer_sys::fuzz_target!(init: kessai_fuzz::begin("headers"), |bytes: &[u8]| kessai_fuzz::fuzz::headers::run(bytes));
