//! `sekisho serve`: the server, from flags to its end.

use std::fs;
use std::io;
use std::net::{IpAddr, SocketAddr};
use std::path::PathBuf;

use clap::{Args, ValueEnum};
use sekisho::http::Server;
use sekisho::{Emulator, Gate, Issuer, Mode, Permit};
use tracing_subscriber::EnvFilter;

#[derive(Args)]
pub struct Serve {
    /// Port to listen on; 0 takes any free one.
    #[arg(long, env = "SEKISHO_PORT", default_value_t = 4566)]
    port: u16,
    /// Address to listen on. Anything but loopback turns the default credentials off.
    #[arg(long, env = "SEKISHO_BIND", default_value = "127.0.0.1")]
    bind: IpAddr,
    /// What happens to requests without a valid signature or permission.
    #[arg(long, env = "SEKISHO_AUTH", value_enum, default_value_t = Auth::Enforce)]
    auth: Auth,
    /// Whether test/test is the root of account 000000000000, and a 12-digit key id with secret
    /// test the root of that account. Default: on for loopback, off elsewhere.
    #[arg(long, env = "SEKISHO_DEFAULT_CREDENTIALS", value_enum)]
    default_credentials: Option<Switch>,
    /// A host besides loopback that requests may name while default credentials work.
    #[arg(
        long,
        env = "SEKISHO_ALLOW_HOST",
        value_name = "HOST",
        value_delimiter = ','
    )]
    allow_host: Vec<String>,
    /// An origin of web pages that may send requests while default credentials work.
    #[arg(
        long,
        env = "SEKISHO_ALLOW_ORIGIN",
        value_name = "ORIGIN",
        value_delimiter = ','
    )]
    allow_origin: Vec<String>,
    /// Token that `/_sekisho/…` asks for (`Authorization: Bearer TOKEN`). Without one it is open on
    /// loopback, and closed elsewhere but for health.
    #[arg(
        long,
        env = "SEKISHO_CONTROL_TOKEN",
        value_name = "TOKEN",
        hide_env_values = true
    )]
    control_token: Option<String>,
    /// Whether an explicit denial ends in the ARN of the managed policy that denies, as newer
    /// answers of AWS do.
    #[arg(long, env = "SEKISHO_POLICY_ARNS", value_enum, default_value_t = Switch::Off)]
    policy_arns: Switch,
    /// A Lambda function that rotates secrets, by its ARN. It is not run: RotateSecret begins a
    /// rotation as if it had been, and you take its part.
    #[arg(
        long,
        env = "SEKISHO_ROTATION_FUNCTION",
        value_name = "ARN",
        value_delimiter = ',',
        value_parser = function_arn
    )]
    rotation_function: Vec<String>,
    /// Where the keys of an issuer of web identity tokens are: a JWKS file, or an http:// URL on
    /// loopback of a JWKS or of an identity provider. Issuers themselves are never asked.
    #[arg(
        long,
        env = "SEKISHO_OIDC_JWKS",
        value_name = "ISSUER=FILE|URL",
        value_delimiter = ',',
        value_parser = Issuer::parse
    )]
    oidc_jwks: Vec<Issuer>,
    /// What to log, as in info, warn, off or sekisho=debug.
    #[arg(
        long,
        env = "SEKISHO_LOG",
        default_value = "info",
        value_name = "FILTER"
    )]
    log: String,
    /// File to write the address to once requests are answered.
    #[arg(long, env = "SEKISHO_READY_FILE", value_name = "FILE")]
    ready_file: Option<PathBuf>,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Auth {
    /// Verify everything; refuse what is not allowed.
    Enforce,
    /// Verify everything; log denials and let them through.
    Audit,
    /// Verify nothing; an unsigned caller is the root of the default account.
    Off,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Switch {
    On,
    Off,
}

impl Serve {
    pub fn run(self) -> Result<(), String> {
        let filter = EnvFilter::try_new(&self.log)
            .map_err(|error| format!("--log {}: {error}", self.log))?;
        let colours = io::IsTerminal::is_terminal(&io::stderr());
        tracing_subscriber::fmt()
            .with_env_filter(filter)
            .with_writer(io::stderr)
            .with_ansi(colours)
            .init();
        let runtime =
            tokio::runtime::Runtime::new().map_err(|error| format!("no runtime: {error}"))?;
        runtime.block_on(self.serve())
    }

    async fn serve(self) -> Result<(), String> {
        let default_credentials = match self.default_credentials {
            Some(switch) => switch == Switch::On,
            None => self.bind.is_loopback(),
        };
        let address = SocketAddr::new(self.bind, self.port);
        // Signals are caught before the address is told: whoever reads it may stop us at once.
        let stop = stop_signal().map_err(|error| format!("no signals: {error}"))?;
        let gate = match default_credentials || self.auth == Auth::Off {
            true => Gate::guarded(self.allow_host.clone(), self.allow_origin.clone()),
            false => Gate::open(),
        };
        let server = Server::bind(self.emulator(default_credentials), gate, address)
            .await
            .map_err(|error| cannot_listen(address, &error))?;
        let address = server.address().map_err(|error| error.to_string())?;
        let url = format!("http://{address}");
        super::print(&banner(&url, default_credentials, self.auth));
        if let Some(file) = &self.ready_file {
            write_whole(file, &url)
                .map_err(|error| format!("--ready-file {}: {error}", file.display()))?;
        }
        server.serve(stop).await;
        Ok(())
    }

    fn emulator(&self, default_credentials: bool) -> Emulator {
        let mode = match self.auth {
            Auth::Enforce => Mode::Enforce,
            Auth::Audit => Mode::Audit,
            Auth::Off => Mode::Off,
        };
        let permit = match &self.control_token {
            Some(token) => Permit::token(token),
            None if self.bind.is_loopback() => Permit::Open,
            None => Permit::Closed,
        };
        let mut builder = Emulator::builder().mode(mode).control(permit);
        if self.policy_arns == Switch::On {
            builder = builder.naming_policies();
        }
        if !default_credentials {
            builder = builder.without_default_credentials();
        }
        for arn in &self.rotation_function {
            builder = builder.rotation_function(arn);
        }
        for issuer in &self.oidc_jwks {
            builder = builder.oidc_issuer(issuer.clone());
        }
        builder.build()
    }
}

/// A text of another form would never be that of a function that a request names.
fn function_arn(text: &str) -> Result<String, String> {
    match text.split(':').collect::<Vec<_>>()[..] {
        ["arn", _, "lambda", _, _, "function", _]
        | ["arn", _, "lambda", _, _, "function", _, _] => Ok(text.to_owned()),
        _ => Err("it is not like arn:aws:lambda:REGION:ACCOUNT:function:NAME".to_owned()),
    }
}

fn banner(url: &str, default_credentials: bool, auth: Auth) -> String {
    let credentials = match (auth, default_credentials) {
        (Auth::Off, _) => {
            "export AWS_ACCESS_KEY_ID=any AWS_SECRET_ACCESS_KEY=any   # nothing is verified"
        }
        (_, true) => {
            "export AWS_ACCESS_KEY_ID=test AWS_SECRET_ACCESS_KEY=test   # root of account 000000000000"
        }
        (_, false) => "# default credentials are off: see --default-credentials",
    };
    format!(
        "{url}\nSekisho {} is ready. Next, in another shell:\n  export AWS_ENDPOINT_URL={url} AWS_REGION=us-east-1 AWS_DEFAULT_REGION=us-east-1\n  \
         {credentials}\n  aws secretsmanager create-secret --name APIKEYS --secret-string '{{\"openai\":\"sk-one\"}}'\n",
        env!("CARGO_PKG_VERSION")
    )
}

fn cannot_listen(address: SocketAddr, error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::AddrInUse => {
            format!(
                "{address} is taken: stop what listens there, or choose another port with --port (0 for any)"
            )
        }
        _ => format!("cannot listen on {address}: {error}"),
    }
}

/// Whoever waits for the file must never find half of it.
fn write_whole(file: &PathBuf, url: &str) -> io::Result<()> {
    let mut draft = file.clone().into_os_string();
    draft.push(".part");
    fs::write(&draft, format!("{url}\n"))?;
    fs::rename(&draft, file)
}

/// Done at the first Ctrl-C or SIGTERM.
#[cfg(unix)]
fn stop_signal() -> io::Result<impl Future<Output = ()> + Send + 'static> {
    use tokio::signal::unix::{SignalKind, signal};
    let (mut interrupt, mut terminate) = (
        signal(SignalKind::interrupt())?,
        signal(SignalKind::terminate())?,
    );
    Ok(async move {
        tokio::select! {
            _ = interrupt.recv() => {}
            _ = terminate.recv() => {}
        }
    })
}

/// Done at the first Ctrl-C.
#[cfg(not(unix))]
fn stop_signal() -> io::Result<impl Future<Output = ()> + Send + 'static> {
    Ok(async {
        let _ = tokio::signal::ctrl_c().await;
    })
}
