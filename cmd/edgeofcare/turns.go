package main

import (
	"errors"
	"io"
	"io/fs"
	"os"
)

// turns reads files of which one is open at a time, so that there can be more of
// them than a process may have open.
type turns struct {
	at   *turn
	file *os.File
}

// turn is one of these files. What is no file on a disk, as a pipe, must be read to
// its end before another file is.
type turn struct {
	of   *turns
	name string
	read int64       // bytes, so far
	was  fs.FileInfo // when it was first opened
}

// files are the files of these names.
func (t *turns) files(names []string) []io.Reader {
	var all []io.Reader
	for _, name := range names {
		all = append(all, &turn{of: t, name: name})
	}
	return all
}

// end closes the file that is open.
func (t *turns) end() {
	if t.file != nil {
		t.file.Close()
	}
	t.at, t.file = nil, nil
}

// Name is the name of the file.
func (t *turn) Name() string { return t.name }

// Stat describes the file.
func (t *turn) Stat() (fs.FileInfo, error) {
	if err := t.begin(); err != nil {
		return nil, err
	}
	return t.of.file.Stat()
}

// Read reads on from where the file was left.
func (t *turn) Read(p []byte) (int, error) {
	if err := t.begin(); err != nil {
		return 0, err
	}
	n, err := t.of.file.Read(p)
	t.read += int64(n)
	return n, err
}

// begin opens the file, unless it is open, in place of the one that is.
func (t *turn) begin() error {
	if t.of.at == t {
		return nil
	}
	t.of.end()
	file, err := os.Open(t.name)
	if err != nil {
		return err
	}
	t.of.at, t.of.file = t, file
	info, err := file.Stat()
	if err != nil {
		return err
	}
	if t.was == nil {
		t.was = info
		return nil
	}
	if !os.SameFile(t.was, info) {
		return errors.New("another file has taken its place meanwhile")
	}
	_, err = file.Seek(t.read, io.SeekStart)
	return err
}
