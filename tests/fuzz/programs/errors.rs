//! The target `errors` under libFuzzer.

#![no_main]

libfuzzer_sys::fuzz_target!(init: kessai_fuzz::begin("errors"), |bytes: &[u8]| kessai_fuzz::fuzz::errors::run(bytes));
