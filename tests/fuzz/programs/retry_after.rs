//! The target `retry_after` under libFuzzer.

#![no_main]

libfuzzer_sys::fuzz_target!(init: kessai_fuzz::begin("retry_after"), |bytes: &[u8]| kessai_fuzz::fuzz::retry_after::run(bytes));
