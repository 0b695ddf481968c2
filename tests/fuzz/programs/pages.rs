//! The target `pages` under libFuzzer.

#![no_main]

libfuzzer_sys::fuzz_target!(init: kessai_fuzz::begin("pages"), |bytes: &[u8]| kessai_fuzz::fuzz::pages::run(bytes));
