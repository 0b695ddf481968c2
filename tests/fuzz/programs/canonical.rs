//! The target `canonical` under libFuzzer.

#![no_main]

libfuzzer_sys::fuzz_target!(init: kessai_fuzz::begin("canonical"), |bytes: &[u8]| kessai_fuzz::fuzz::canonical::run(bytes));
