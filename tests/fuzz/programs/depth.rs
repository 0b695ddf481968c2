//! The target `depth` under libFuzzer.

#![no_main]

libfuzzer_sys::fuzz_target!(init: kessai_fuzz::begin("depth"), |bytes: &[u8]| kessai_fuzz::fuzz::depth::run(bytes));
