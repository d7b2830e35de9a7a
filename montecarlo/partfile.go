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
	"slices"
)

// A part file is the magic line, which ends in the version of the format, the
// part as one line of JSON, its values as 64-bit floating-point numbers, least
// significant byte first, replication by replication, and the SHA-256 of all
// that. It is not compressed: that would halve it, and take longer than many a
// shard does.
const (
	magic     = "edgeofcare part 3\n"
	maxHeader = 64 << 10 // bytes
	maxWidth  = 1 << 20  // values in a replication
	chunk     = 8 << 10  // values read or written at a time
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
	if p == nil || w == nil {
		return 0, errors.New("there is no part, or no writer to write it to: give both, and a part that RunShard returned")
	}
	header, err := p.header()
	if err != nil {
		return 0, err
	}
	sum := sha256.New()
	out := &counter{to: io.MultiWriter(w, sum)}
	if _, err := out.Write(append([]byte(magic), header...)); err != nil {
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

// partFile is a part file of which all but the values has been read. Its
// description claims no more values than there are: either the length of the file
// is known and fits, or the values have been read.
type partFile struct {
	part *Part
	in   *bufio.Reader
	sum  hash.Hash // of what was read
	name string
	held [][]float64 // the values of a file whose length nobody knows, as of a pipe
}

// openPart reads the description at the beginning of a part file.
func openPart(r io.Reader) (*partFile, error) {
	f := &partFile{sum: sha256.New()}
	if named, ok := r.(interface{ Name() string }); ok {
		f.name = named.Name()
	}
	length, known := lengthOf(r)
	f.in = bufio.NewReader(r)
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
	if f.part, err = described(header); err != nil {
		return nil, f.damaged(err)
	}
	if !known {
		return f, f.hold()
	}
	return f, f.fits(length - int64(len(start)+len(header)))
}

// described reads the description of a part, which must be written as WriteTo
// writes it: with nothing before, between or after what it consists of.
func described(header []byte) (*Part, error) {
	var part *Part
	decoder := json.NewDecoder(bytes.NewReader(header))
	decoder.DisallowUnknownFields()
	if err := decoder.Decode(&part); err != nil {
		return nil, err
	}
	if part == nil {
		return nil, errors.New("its description is empty")
	}
	if err := part.check(); err != nil {
		return nil, err
	}
	if written, err := part.header(); err != nil || !bytes.Equal(written, header) {
		return nil, errors.New("its description is not as a shard writes it")
	}
	return part, nil
}

// lengthOf is how many bytes there are to read, where that is known before they
// are read.
func lengthOf(r io.Reader) (int64, bool) {
	switch r := r.(type) {
	case interface{ Stat() (fs.FileInfo, error) }:
		info, err := r.Stat()
		if err != nil || !info.Mode().IsRegular() {
			return 0, false
		}
		at := int64(0)
		if seeker, ok := r.(io.Seeker); ok {
			at, _ = seeker.Seek(0, io.SeekCurrent) // an error leaves 0: the beginning
		}
		return info.Size() - at, true
	case interface{ Len() int }: // in memory
		return int64(r.Len()), true
	}
	return 0, false
}

// fits returns an error unless what follows the description is as long as that
// says.
func (f *partFile) fits(left int64) error {
	switch want := 8*f.part.count() + sha256.Size; {
	case left < want:
		return f.short(io.ErrUnexpectedEOF)
	case left > want:
		return f.damaged(errGoesOn)
	}
	return nil
}

var errGoesOn = errors.New("it goes on after its end")

// hold reads the values, so that no more memory is asked for than there are.
func (f *partFile) hold() error {
	return f.read(func(values []float64) error {
		f.held = append(f.held, slices.Clone(values))
		return nil
	})
}

// header reads the line that describes the part.
func (f *partFile) header() ([]byte, error) {
	header := make([]byte, 0, 1<<10)
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
// and returns an error unless the file is whole and each was taken.
func (f *partFile) values(take func([]float64) error) error {
	if f.held == nil {
		return f.read(take)
	}
	for i, values := range f.held {
		if err := f.refused(take(values)); err != nil {
			return err
		}
		f.held[i] = nil
	}
	return nil
}

// read hands on the values as they are read.
func (f *partFile) read(take func([]float64) error) error {
	left := f.part.count()
	raw, values := make([]byte, 8*min(left, chunk)), make([]float64, min(left, chunk))
	for left > 0 {
		n := int(min(left, chunk))
		if _, err := io.ReadFull(f.in, raw[:8*n]); err != nil {
			return f.short(err)
		}
		f.sum.Write(raw[:8*n])
		for i := range n {
			values[i] = math.Float64frombits(binary.LittleEndian.Uint64(raw[8*i:]))
		}
		if err := take(values[:n]); err != nil {
			return f.refused(err)
		}
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
		return f.damaged(errGoesOn)
	}
	return nil
}

// strange is the error for a file that does not begin as a part does.
func (f *partFile) strange(start []byte, err error) error {
	if err != nil && !errors.Is(err, io.EOF) && !errors.Is(err, io.ErrUnexpectedEOF) {
		return &partFileError{Name: f.name, Problem: "cannot be read", Err: err}
	}
	version := len(magic) - len("3\n")
	if bytes.HasPrefix(start, []byte(magic[:version])) && err == nil {
		return &partFileError{Name: f.name, Problem: fmt.Sprintf(
			"is a part in format %q and this program reads format %s: merge with the version that ran the shard", start[version:version+1], magic[version:version+1])}
	}
	return &partFileError{Name: f.name, Problem: "is not a part of a run: give the files that shards wrote"}
}

func (f *partFile) damaged(err error) error {
	return &partFileError{Name: f.name, Problem: "is damaged: copy it again, or run its shard again", Err: err}
}

// refused is the error for values that are not those of the run; nil for nil.
func (f *partFile) refused(err error) error {
	if err == nil {
		return nil
	}
	return &partFileError{Name: f.name, Problem: "does not hold what its description says: run its shard again, and leave this file out", Err: err}
}

func (f *partFile) short(err error) error {
	if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
		return &partFileError{Name: f.name, Problem: "is cut short: copy it again, or run its shard again", Err: io.ErrUnexpectedEOF}
	}
	return &partFileError{Name: f.name, Problem: "cannot be read", Err: err}
}
