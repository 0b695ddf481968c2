//! Serves every provider on loopback until Ctrl-C.

use std::io;

use kessai_sandbox::Sandbox;

fn main() -> io::Result<()> {
    tokio::runtime::Builder::new_current_thread().enable_all().build()?.block_on(serve())
}

async fn serve() -> io::Result<()> {
    let sandbox = Sandbox::start().await?;
    let (elepay, zafapay) = (sandbox.elepay(), sandbox.zafapay());
    let (univapay, appotapay) = (sandbox.univapay(), sandbox.appotapay());
    let credential = univapay.credential();
    let rows = [
        ["provider", "base URL", "key for servers", "publishable key"],
        ["elepay", elepay.base_url(), elepay.secret_key(), elepay.publishable_key()],
        ["ZAFA PAY", zafapay.base_url(), zafapay.access_token(), zafapay.publishable_key()],
        ["UnivaPay", univapay.base_url(), &credential, univapay.jwt()],
        ["AppotaPay", appotapay.base_url(), appotapay.secret_key(), appotapay.api_key()],
    ];
    print!("{}", table(&rows));
    println!("\nPress Ctrl-C to stop.");
    tokio::signal::ctrl_c().await
}

/// Columns as wide as their widest cell.
fn table<const COLUMNS: usize>(rows: &[[&str; COLUMNS]]) -> String {
    let width = |column: usize| rows.iter().map(|row| row[column].len()).max().unwrap_or(0);
    let widths: [usize; COLUMNS] = std::array::from_fn(width);
    let mut table = String::new();
    for row in rows {
        let cells = row.iter().zip(widths).map(|(cell, width)| format!("{cell:width$}"));
        table.push_str(cells.collect::<Vec<_>>().join("  ").trim_end());
        table.push('\n');
    }
    table
}
