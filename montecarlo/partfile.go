package montecarlo

import (
	"bufio"
	"bytes"
	"cmp"
	"crypto/sha256"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"hash"
	"io"
	"io/fs"
	"math"
)

// A part file is the magic line, which ends in the version of the format, the
// part as one line of JSON, its values as 64-bit floating-point numbers, least
// significant byte first, replication by replication, and the SHA-256 of all
// that. It is not compressed: that would halve it, and take longer than many a
// shard does.
const (
	magic      = "edgeofcare part 2\n"
	maxHeader  = 4 << 20 // bytes
	maxColumns = 1 << 20 // values in a replication
	chunk      = 8 << 10 // values read or written at a time
)

// partFileError says why a part file cannot be read.
type partFileError struct {
	Name    string // of the file, if it has one
	Problem string // with a remedy
	Err     error  // the cause; may be nil
}

func (e *partFileError) Error() string {
	text := cmp.Or(e.Name, "the part") + " " + e.Problem
	if e.Err != nil {
		text += " (" + e.Err.Error() + ")"
	}
	return text
}

// Unwrap returns the cause.
func (e *partFileError) Unwrap() error { return e.Err }

// WriteTo writes the part with its values to a file that [MergeFrom] reads.
func (p *Part) WriteTo(w io.Writer) (int64, error) {
	header, err := json.Marshal(p)
	if err != nil {
		return 0, err
	}
	sum := sha256.New()
	out := &counter{to: io.MultiWriter(w, sum)}
	if _, err := out.Write(append([]byte(magic), append(header, '\n')...)); err != nil {
		return out.n, err
	}
	buffer := make([]byte, 0, 8*chunk)
	for values := p.values; len(values) > 0; {
		n := min(chunk, len(values))
		buffer = buffer[:0]
		for _, v := range values[:n] {
			buffer = binary.LittleEndian.AppendUint64(buffer, math.Float64bits(v))
		}
		if _, err := out.Write(buffer); err != nil {
			return out.n, err
		}
		values = values[n:]
	}
	out.to = w
	_, err = out.Write(sum.Sum(nil))
	return out.n, err
}

// counter counts the bytes that are written.
type counter struct {
	to io.Writer
	n  int64
}

func (c *counter) Write(p []byte) (int, error) {
	n, err := c.to.Write(p)
	c.n += int64(n)
	return n, err
}

// partFile is a part file of which all but the values has been read.
type partFile struct {
	part *Part
	in   *bufio.Reader
	sum  hash.Hash // of what was read
	name string
}

// openPart reads the description at the beginning of a part file.
func openPart(r io.Reader) (*partFile, error) {
	f := &partFile{in: bufio.NewReaderSize(r, 1<<16), sum: sha256.New()}
	if named, ok := r.(interface{ Name() string }); ok {
		f.name = named.Name()
	}
	start := make([]byte, len(magic))
	if _, err := io.ReadFull(f.in, start); err != nil || string(start) != magic {
		return nil, f.strange(start, err)
	}
	header, err := f.header()
	if err != nil {
		return nil, err
	}
	f.sum.Write(start)
	f.sum.Write(header)
	decoder := json.NewDecoder(bytes.NewReader(header))
	decoder.DisallowUnknownFields()
	if err := decoder.Decode(&f.part); err != nil {
		return nil, f.damaged(err)
	}
	if f.part == nil {
		return nil, f.damaged(errors.New("its description is empty"))
	}
	if err := f.part.check(); err != nil {
		return nil, f.damaged(err)
	}
	return f, f.longEnough(r, int64(len(start)+len(header)))
}

// longEnough returns an error for a file that is cut short, where its length is
// known.
func (f *partFile) longEnough(r io.Reader, header int64) error {
	file, ok := r.(interface{ Stat() (fs.FileInfo, error) })
	if !ok {
		return nil
	}
	info, err := file.Stat()
	if err == nil && info.Mode().IsRegular() && info.Size() < header+8*f.part.count()+sha256.Size {
		return f.short(io.ErrUnexpectedEOF)
	}
	return nil
}

// header reads the line that describes the part.
func (f *partFile) header() ([]byte, error) {
	var header []byte
	for {
		line, err := f.in.ReadSlice('\n')
		header = append(header, line...)
		switch {
		case len(header) > maxHeader:
			return nil, f.damaged(errors.New("its description has no end"))
		case err == nil:
			return header, nil
		case !errors.Is(err, bufio.ErrBufferFull):
			return nil, f.short(err)
		}
	}
}

// values hands on the values, some at a time, in an array that is used again,
// and returns an error unless the file is whole.
func (f *partFile) values(take func([]float64)) error {
	left := f.part.count()
	raw, values := make([]byte, 8*chunk), make([]float64, chunk)
	for left > 0 {
		n := int(min(left, chunk))
		if _, err := io.ReadFull(f.in, raw[:8*n]); err != nil {
			return f.short(err)
		}
		f.sum.Write(raw[:8*n])
		for i := range n {
			values[i] = math.Float64frombits(binary.LittleEndian.Uint64(raw[8*i:]))
		}
		take(values[:n])
		left -= int64(n)
	}
	sum := make([]byte, sha256.Size)
	if _, err := io.ReadFull(f.in, sum); err != nil {
		return f.short(err)
	}
	if !bytes.Equal(sum, f.sum.Sum(nil)) {
		return f.damaged(errors.New("its checksum does not fit"))
	}
	if _, err := f.in.ReadByte(); !errors.Is(err, io.EOF) {
		return f.damaged(errors.New("it goes on after its end"))
	}
	return nil
}

// strange is the error for a file that does not begin as a part does.
func (f *partFile) strange(start []byte, err error) error {
	if err != nil && !errors.Is(err, io.EOF) && !errors.Is(err, io.ErrUnexpectedEOF) {
		return &partFileError{Name: f.name, Problem: "cannot be read", Err: err}
	}
	if name := magic[:len(magic)-len("2\n")]; bytes.HasPrefix(start, []byte(name)) && err == nil {
		return &partFileError{Name: f.name, Problem: fmt.Sprintf(
			"is a part in format %q and this program reads format 2: merge with the version that ran the shard", start[len(name):len(name)+1])}
	}
	return &partFileError{Name: f.name, Problem: "is not a part of a run: give the files that shards wrote"}
}

func (f *partFile) damaged(err error) error {
	return &partFileError{Name: f.name, Problem: "is damaged: copy it again, or run its shard again", Err: err}
}

func (f *partFile) short(err error) error {
	if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
		return &partFileError{Name: f.name, Problem: "is cut short: copy it again, or run its shard again", Err: io.ErrUnexpectedEOF}
	}
	return &partFileError{Name: f.name, Problem: "cannot be read", Err: err}
}
