"""The formats that are no plain text and no page of the web, one file each.

Each file has one function, `read(raw: Raw) -> Iterator[Found]`, and imports what it needs when it is called. It yields

- one `Document` whose id is `raw.id`, where the bytes are one document;
- `raw.part(data, name)` for each document inside, where they are several: `quoth.reading.decide` tells its format and
  reads it, within limits of depth, number and size for all of them together; or a `Document` with the id
  `raw.id/name`, where there is nothing to decide; or the `QuothError` that says what is wrong with one of them;
- a `Document` with the id `raw.id` first and others behind it, where one text leads and has others attached (a mail).

What is wrong with the whole is raised. `signatures.toml`, `reading.signatures` and `reading.forms` say by which
bytes or form a format is known, and name the file here that reads it.
"""
