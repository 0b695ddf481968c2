//! The target `decimals` under libFuzzer.

#![no_main]

libfuzzer_sys::fuzz_target!(init: kessai_fuzz::begin("decimals"), |bytes: &[u8]| kessai_fuzz::fuzz::decimals::run(bytes));
