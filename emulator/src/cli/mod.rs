//! The command line: one file a subcommand, no logic of the server.

mod environment;
mod serve;

use std::process::ExitCode;

use clap::{CommandFactory, Parser, Subcommand};

/// An offline AWS Secrets Manager that says no the way AWS does, and tells you why.
///
/// Without a subcommand it serves, as `sekisho serve` does. Point any AWS SDK or the AWS CLI at it:
///
///   export AWS_ENDPOINT_URL=http://127.0.0.1:4566 AWS_REGION=us-east-1 AWS_DEFAULT_REGION=us-east-1
///   export AWS_ACCESS_KEY_ID=test AWS_SECRET_ACCESS_KEY=test
///   aws secretsmanager create-secret --name APIKEYS --secret-string '{"openai":"sk-…"}'
#[derive(Parser)]
#[command(version, verbatim_doc_comment, args_conflicts_with_subcommands = true)]
struct Arguments {
    #[command(subcommand)]
    command: Option<Command>,
    #[command(flatten)]
    serve: serve::Serve,
}

#[derive(Subcommand)]
enum Command {
    /// Serves until Ctrl-C or SIGTERM (the default).
    Serve(serve::Serve),
    /// Prints the table of operations in Markdown.
    Operations,
}

/// Runs the program.
pub fn run() -> ExitCode {
    let outcome = environment::check(&Arguments::command()).and_then(|()| {
        let Arguments { command, serve } = Arguments::parse();
        match command.unwrap_or(Command::Serve(serve)) {
            Command::Serve(serve) => serve.run(),
            Command::Operations => {
                print(&sekisho::operations_markdown());
                Ok(())
            }
        }
    });
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            eprintln!("error: {message}");
            ExitCode::FAILURE
        }
    }
}

/// Standard output is for what a caller reads: addresses and tables. A closed pipe is no error.
fn print(text: &str) {
    use std::io::Write;
    let _ = write!(std::io::stdout(), "{text}").and_then(|()| std::io::stdout().flush());
}
