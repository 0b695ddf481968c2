//! The target `answers` under libFuzzer.

#![no_main]

libfuzzer_sys::fuzz_target!(init: kessai_fuzz::begin("answers"), |bytes: &[u8]| kessai_fuzz::fuzz::answers::run(bytes));
