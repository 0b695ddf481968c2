//! The target `times` under libFuzzer.

#![no_main]

libfuzzer_sys::fuzz_target!(init: kessai_fuzz::begin("times"), |bytes: &[u8]| kessai_fuzz::fuzz::times::run(bytes));
