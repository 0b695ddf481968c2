//! A server that does as it is told, byte by byte. HTTP libraries cannot misbehave; this one knows
//! just enough HTTP to tell where a request ends.

use std::io;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex, MutexGuard};
use std::time::Duration;

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpSocket, TcpStream};
use tokio::task::{AbortHandle, JoinSet};

/// What the server does next on a connection. After the last of them it closes.
#[derive(Clone, Debug)]
pub enum Act {
    /// Reads one whole request.
    Read,
    /// Reads the head of a request and this many bytes of its body. It is not a whole request.
    ReadHead(usize),
    /// Reads this many bytes and nothing beyond them.
    ReadBytes(usize),
    /// Reads whatever comes, answers nothing, until the client hangs up.
    Listen,
    /// Neither reads nor writes for as long as the script lives.
    Hold,
    /// Waits.
    Wait(Duration),
    /// Writes all of it at once.
    Write(Vec<u8>),
    /// Writes it one byte at a time, with a pause after each.
    Trickle(Vec<u8>, Duration),
    /// Ends the connection with a reset instead of a close.
    Reset,
}

/// Reads a request, answers it, closes.
pub fn answer(status: u16, headers: &[(&str, &str)], body: impl AsRef<[u8]>) -> Vec<Act> {
    let headers = [headers, &[("connection", "close")]].concat();
    vec![Act::Read, Act::Write(message(status, &headers, body))]
}

/// An answer as bytes, with the length of its body said truly. The connection stays open after it.
pub fn message(status: u16, headers: &[(&str, &str)], body: impl AsRef<[u8]>) -> Vec<u8> {
    let body = body.as_ref();
    let length = body.len().to_string();
    let headers = [&[("content-length", length.as_str())], headers].concat();
    [head(status, &headers).as_slice(), body].concat()
}

/// Status line and headers, and nothing that was not asked for.
pub fn head(status: u16, headers: &[(&str, &str)]) -> Vec<u8> {
    let mut head = format!("HTTP/1.1 {status} As Told\r\n");
    for (name, value) in headers {
        head.extend([name, ": ", value, "\r\n"]);
    }
    head.push_str("\r\n");
    head.into_bytes()
}

/// An address where nobody listens, nor can anybody begin to while the socket is held.
pub fn nobody() -> (TcpSocket, String) {
    let socket = TcpSocket::new_v4().expect("a socket");
    socket.bind(SocketAddr::from(([127, 0, 0, 1], 0))).expect("a port on loopback");
    let address = socket.local_addr().expect("its address");
    (socket, format!("http://{address}"))
}

/// A scripted server on loopback. It stops when it is dropped.
#[derive(Debug)]
pub struct Script {
    address: SocketAddr,
    log: Arc<Mutex<Log>>,
    server: AbortHandle,
}

#[derive(Debug, Default)]
struct Log {
    connections: usize,
    hung_up: usize,
    heard: Vec<u8>,
    requests: Vec<Vec<u8>>,
}

impl Script {
    /// Plays one list of acts per connection, in the order they come in. Connections beyond those
    /// are listened to, so that a request nobody expected is seen.
    pub async fn start(connections: impl IntoIterator<Item = Vec<Act>>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port on loopback");
        Self::on(listener, connections)
    }

    /// The same, where somebody listens already.
    pub fn on(listener: TcpListener, connections: impl IntoIterator<Item = Vec<Act>>) -> Self {
        let address = listener.local_addr().expect("its address");
        let log = Arc::new(Mutex::new(Log::default()));
        let acts: Vec<_> = connections.into_iter().collect();
        let server = tokio::spawn(serve(listener, acts, log.clone())).abort_handle();
        Self { address, log, server }
    }

    /// Where it listens, in plain http.
    pub fn base_url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// The same for those who insist on TLS. It speaks none.
    pub fn https_url(&self) -> String {
        format!("https://{}", self.address)
    }

    /// How many connections came in.
    pub fn connections(&self) -> usize {
        open(&self.log).connections
    }

    /// How many connections the client was seen to leave by [`Act::Listen`].
    pub fn hung_up(&self) -> usize {
        open(&self.log).hung_up
    }

    /// Every byte that was read, of whole requests and of others.
    pub fn heard(&self) -> Vec<u8> {
        open(&self.log).heard.clone()
    }

    /// The whole requests that were read, byte for byte.
    pub fn requests(&self) -> Vec<Vec<u8>> {
        open(&self.log).requests.clone()
    }

    /// How many whole requests were read whose first line begins with `start`.
    pub fn seen(&self, start: &str) -> usize {
        self.requests().iter().filter(|request| request.starts_with(start.as_bytes())).count()
    }

    /// Whether `check` holds within two seconds.
    pub async fn until(&self, check: impl Fn(&Self) -> bool) -> bool {
        for _ in 0..400 {
            if check(self) {
                return true;
            }
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
        false
    }
}

impl Drop for Script {
    fn drop(&mut self) {
        self.server.abort();
    }
}

fn open(log: &Mutex<Log>) -> MutexGuard<'_, Log> {
    log.lock().expect("nobody panicked with it")
}

async fn serve(listener: TcpListener, acts: Vec<Vec<Act>>, log: Arc<Mutex<Log>>) {
    let mut acts = acts.into_iter();
    let mut connections = JoinSet::new();
    while let Ok((stream, _)) = listener.accept().await {
        open(&log).connections += 1;
        let peer = Peer { stream, rest: Vec::new(), log: log.clone() };
        connections.spawn(peer.play(acts.next().unwrap_or_else(|| vec![Act::Listen])));
    }
}

struct Peer {
    stream: TcpStream,
    /// What was read beyond the last whole request.
    rest: Vec<u8>,
    log: Arc<Mutex<Log>>,
}

impl Peer {
    /// Plays `acts`. That the client leaves early is not an error here: the test sees it.
    async fn play(mut self, acts: Vec<Act>) -> io::Result<()> {
        for act in acts {
            self.perform(act).await?;
        }
        Ok(())
    }

    async fn perform(&mut self, act: Act) -> io::Result<()> {
        match act {
            Act::Read => self.request().await?,
            Act::ReadBytes(count) => self.bytes(count).await?,
            Act::ReadHead(beyond) => self.head(beyond).await?,
            Act::Listen => {
                while self.request().await.is_ok() {}
                open(&self.log).hung_up += 1;
            }
            Act::Hold => std::future::pending().await,
            Act::Wait(time) => tokio::time::sleep(time).await,
            Act::Write(bytes) => self.stream.write_all(&bytes).await?,
            Act::Trickle(bytes, pause) => {
                self.stream.set_nodelay(true)?;
                for byte in bytes {
                    self.stream.write_all(&[byte]).await?;
                    tokio::time::sleep(pause).await;
                }
            }
            Act::Reset => self.stream.set_zero_linger()?,
        }
        Ok(())
    }

    async fn bytes(&mut self, count: usize) -> io::Result<()> {
        let mut bytes = vec![0; count];
        self.stream.read_exact(&mut bytes).await?;
        open(&self.log).heard.extend(bytes);
        Ok(())
    }

    async fn head(&mut self, beyond: usize) -> io::Result<()> {
        let mut head = Vec::new();
        while !head.ends_with(b"\r\n\r\n") {
            head.push(self.stream.read_u8().await?);
        }
        open(&self.log).heard.extend(head);
        self.bytes(beyond).await
    }

    async fn request(&mut self) -> io::Result<()> {
        loop {
            if let Some(end) = end_of_message(&self.rest) {
                let request = self.rest.drain(..end).collect();
                open(&self.log).requests.push(request);
                return Ok(());
            }
            let known = self.rest.len();
            if self.stream.read_buf(&mut self.rest).await? == 0 {
                return Err(io::ErrorKind::UnexpectedEof.into());
            }
            open(&self.log).heard.extend(&self.rest[known..]);
        }
    }
}

/// Where the first message in `bytes` ends, if all of it is there.
pub fn end_of_message(bytes: &[u8]) -> Option<usize> {
    let head = bytes.windows(4).position(|four| four == b"\r\n\r\n")? + 4;
    let text = String::from_utf8_lossy(&bytes[..head]).to_lowercase();
    let length = text.lines().find_map(|line| line.strip_prefix("content-length:"));
    let end = head + length.map_or(0, |length| length.trim().parse().expect("a length"));
    (end <= bytes.len()).then_some(end)
}

#[tokio::test]
async fn the_script_counts_whole_requests_only() {
    let script = Script::start([vec![Act::Listen], answer(200, &[], "{}")]).await;
    for (sent, whole) in [
        ("POST /a HTTP/1.1\r\ncontent-length: 3\r\n\r\nab", 0),
        ("POST /b HTTP/1.1\r\nContent-Length: 3\r\n\r\nabcGET /c HTTP/1.1\r\n\r\n", 1),
        ("GET /d HTTP/1.1\r\n\r\nGET /e HTTP/1.1\r\n\r\n", 3),
    ] {
        let mut client = TcpStream::connect(script.address).await.expect("it listens");
        client.write_all(sent.as_bytes()).await.expect("it reads");
        client.shutdown().await.expect("it may be left");
        let mut answer = Vec::new();
        let _ = client.read_to_end(&mut answer).await;
        assert!(script.until(|script| script.requests().len() == whole).await, "{script:?}");
    }
    assert_eq!((script.connections(), script.hung_up(), script.seen("GET /e ")), (3, 2, 1));
}
