//! What a verification costs beside one bare SHA-256 of its canonical request: a ratio says the same on any machine.

// Benches measure time, print, and should panic at what fails.
#![allow(
    clippy::disallowed_methods,
    clippy::print_stdout,
    clippy::unwrap_used,
    missing_docs
)]

#[path = "../../../benches/interleaved/mod.rs"]
mod interleaved;
mod sample;

use std::hint::black_box;

use sample::{SECRET, Sample};
use sekisho_sigv4::SecretKey;
use sha2::{Digest, Sha256};

fn main() {
    let (boto3, hostile) = (Sample::boto3(), Sample::hostile());
    let (key, stranger) = (SecretKey::new(SECRET), SecretKey::new("another"));
    let bare = || {
        black_box(Sha256::digest(black_box(boto3.canonical.as_bytes())));
    };
    let cached = || boto3.verify(&key).unwrap();
    let derived = || boto3.verify(&SecretKey::new(SECRET)).unwrap();
    let refused = || drop(boto3.verify(&stranger).unwrap_err());
    let worst = || hostile.verify(&key).unwrap();
    let benches: [interleaved::Bench<'_>; 5] = [
        ("bare SHA-256", &bare),
        ("key cached", &cached),
        ("key derived", &derived),
        ("wrong signature", &refused),
        ("worst accepted", &worst),
    ];
    let length = boto3.canonical.len();
    interleaved::run(&format!("canonical request of {length} bytes"), &benches);
}
