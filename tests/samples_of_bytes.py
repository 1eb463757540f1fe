"""What breaks readers when it stands in the wrong place."""

PIECES = [
    *(b"{", b"}", b"]", b"[{", b'"text":', b'"\\ud800"', b"[" * 200, b"1e999", b"null", b'"'),
    *(b"\n", b"\r", b"\n\n", b"\x00", b"\xff\xfe", b"\xef\xbb\xbf", b"\xe4", b",", b"\t", b'title,text\n"'),
    *(b"From a@b Thu Feb 19 17:18:40 2015\n", b"Subject: =?utf-8?Q?=ff?=\n", b"Content-Transfer-Encoding: base64\n"),
    *(b"Content-Type: multipart/mixed; boundary=x\n", b"Content-Type: text/html; charset=utf-7\n", b"--x\n", b"<p>"),
    *(b"PK\x03\x04", b"\x1f\x8b\x08", b"BZh9", b"id,headline,deck\n", b'{"newsparse": {}, "articles": [{'),
]
