//! sekisho-iam beside other policy engines: how fast each decides, and whether they agree.
//!
//! `cargo run --release` measures, `cargo run --release -- agree` compares the answers.

// Measures time, which elsewhere comes from the environment.
#![allow(clippy::disallowed_methods)]

mod agree;
mod aspen;
mod cases;
mod cedar;
mod iam_rs;
mod question;
mod sekisho;
mod speed;
mod world;

use std::process::ExitCode;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match arguments.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        [] | ["speed"] => speed::run(),
        ["agree"] => agree::run(),
        _ => {
            eprintln!("usage: sekisho-compare [speed | agree]");
            return ExitCode::FAILURE;
        }
    }
    ExitCode::SUCCESS
}
