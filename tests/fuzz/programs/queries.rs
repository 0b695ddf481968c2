//! The target `queries` under libFuzzer.

#![no_main]

libfuzzer_sys::fuzz_target!(init: kessai_fuzz::begin("queries"), |bytes: &[u8]| kessai_fuzz::fuzz::queries::run(bytes));
