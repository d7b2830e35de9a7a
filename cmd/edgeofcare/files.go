package main

import (
	"errors"
	"fmt"
	"hash/fnv"
	"io"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"
)

// Every file that a command writes is made here, before anything is worked out for
// it. It is written under a name of its own in the folder where it will stand, and
// takes its place in one step when all of it is there: a full disk, a fault or a
// signal leaves what was there as it was.

// files are the files that a command is writing.
type files struct {
	mu      sync.Mutex
	open    []*outFile
	folders []string // that were made for files
	ended   bool     // no file may take its place any more
	// through, if set, is what files are written through: a disk that is full, in
	// tests.
	through func(sink) sink
}

// sink is what a file is written to.
type sink interface {
	io.WriteCloser
	Sync() error
}

// outFile is a file that is being written.
type outFile struct {
	of         *files
	place      string // as it was named
	target     string // the same, or what the link of that name leads to
	unfinished string // what it is called until it is whole; empty for a device or a pipe
	to         sink
	was        fs.FileInfo // what stood at the target; nil if nothing did
}

// create makes a file that is to stand at a place. A device or a pipe is written to
// as such, and through a link what it leads to is replaced.
func (f *files) create(place string) (*outFile, error) {
	info, err := os.Stat(place)
	switch {
	case err == nil && info.IsDir():
		return nil, fmt.Errorf("%s is a folder: name a file in it", place)
	case err == nil && !info.Mode().IsRegular():
		return f.device(place)
	case err == nil && isStandardStream(info):
		return nil, fmt.Errorf("%s is the file that this command prints to: name another, or leave -o out", place)
	}
	one := &outFile{of: f, place: place, target: place}
	if err := one.look(); err != nil {
		return nil, err
	}
	if err := f.start(one); err != nil {
		return nil, err
	}
	return one, nil
}

// createNew makes a file where there must be none.
func (f *files) createNew(place string) (*outFile, error) {
	if _, err := os.Lstat(place); err == nil {
		return nil, isThere(place)
	}
	one, err := f.create(place)
	if err == nil && (one.was != nil || one.unfinished == "") { // it has come since
		f.mu.Lock()
		defer f.mu.Unlock()
		f.drop(one)
		return nil, isThere(place)
	}
	return one, err
}

func isThere(place string) error {
	return fmt.Errorf("%s is there already and is left as it is: give another name", place)
}

// device opens what is not a file.
func (f *files) device(place string) (*outFile, error) {
	to, err := os.OpenFile(place, os.O_WRONLY, 0)
	if err != nil {
		return nil, notWritten(place, err)
	}
	one := &outFile{of: f, place: place, to: f.wrapped(to)}
	f.mu.Lock()
	defer f.mu.Unlock()
	f.open = append(f.open, one)
	return one, nil
}

func isStandardStream(info fs.FileInfo) bool {
	for _, stream := range []*os.File{os.Stdout, os.Stderr} {
		if other, err := stream.Stat(); err == nil && os.SameFile(info, other) {
			return true
		}
	}
	return false
}

// look finds what stands at the place, which it must be allowed to write to.
func (o *outFile) look() error {
	info, err := os.Lstat(o.place)
	if err == nil && info.Mode()&fs.ModeSymlink != 0 {
		if o.target, err = filepath.EvalSymlinks(o.place); err != nil {
			return fmt.Errorf("%s is a link that leads nowhere: name what it is to lead to, or remove it", o.place)
		}
		info, err = os.Lstat(o.target)
	}
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return notWritten(o.place, err)
	}
	o.was = info
	existing, err := os.OpenFile(o.target, os.O_WRONLY, 0)
	if err != nil {
		return notWritten(o.place, err)
	}
	return existing.Close()
}

// start opens the file under the name that it has until it is whole.
func (f *files) start(o *outFile) error {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.ended {
		return fs.ErrClosed
	}
	prefix := unfinishedPrefix(o.target)
	o.unfinished = filepath.Join(filepath.Dir(o.target), fmt.Sprintf("%s%08x", prefix, rand.Uint32()))
	file, err := os.OpenFile(o.unfinished, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o666)
	if err != nil {
		return notWritten(o.place, err)
	}
	o.to = f.wrapped(file)
	f.open = append(f.open, o)
	if o.was != nil {
		_ = file.Chmod(o.was.Mode().Perm()) // some file systems have no permissions
	}
	lock(file)
	if o.othersWrite(prefix) {
		f.drop(o)
		return fmt.Errorf("%s is being written by another process: wait until it has ended, or name another file", o.place)
	}
	return nil
}

func (f *files) wrapped(file *os.File) sink {
	if f.through == nil {
		return file
	}
	return f.through(file)
}

// unfinishedPrefix is how the name of a file begins until it is whole. It does not match
// part*, nor *.svg.
func unfinishedPrefix(target string) string {
	const longest = 180 // bytes, of the 255 that most file systems allow
	name := filepath.Base(target)
	if len(name) > longest {
		sum := fnv.New32a()
		sum.Write([]byte(name))
		name = fmt.Sprintf("%s-%08x", strings.ToValidUTF8(name[:longest], ""), sum.Sum32())
	}
	return "." + name + ".unfinished-"
}

var unfinishedEnd = regexp.MustCompile(`^[0-9a-f]{8}$`)

// othersWrite reports whether another process is writing a file for the same place.
// What a process that was killed left behind is of no concern.
func (o *outFile) othersWrite(prefix string) bool {
	folder := filepath.Dir(o.target)
	entries, _ := os.ReadDir(folder) // where a folder cannot be listed, finish sees what happened
	return slices.ContainsFunc(entries, func(e fs.DirEntry) bool {
		end, ours := strings.CutPrefix(e.Name(), prefix)
		return ours && unfinishedEnd.MatchString(end) && e.Type().IsRegular() && e.Name() != filepath.Base(o.unfinished) &&
			isLocked(filepath.Join(folder, e.Name()))
	})
}

// Write writes to the file.
func (o *outFile) Write(text []byte) (int, error) {
	n, err := o.to.Write(text)
	return n, notWritten(o.place, err)
}

// finish puts the file into its place. After an error there is none, and what was
// there before is as it was.
func (o *outFile) finish() error {
	var err error
	if o.unfinished != "" {
		if err = o.to.Sync(); errors.Is(err, errors.ErrUnsupported) {
			err = nil
		}
	}
	err = errors.Join(err, o.to.Close())
	o.of.mu.Lock()
	defer o.of.mu.Unlock()
	if err == nil && o.unfinished != "" {
		err = o.takePlace()
	}
	if err != nil {
		o.of.drop(o)
		return notWritten(o.place, err)
	}
	o.of.forget(o)
	return nil
}

// abandon takes the file away, unless it has its place.
func (o *outFile) abandon() {
	o.of.mu.Lock()
	defer o.of.mu.Unlock()
	if slices.Contains(o.of.open, o) {
		o.of.drop(o)
	}
}

// takePlace gives the file its name, unless something else stands there by now.
func (o *outFile) takePlace() error {
	if o.of.ended {
		return fs.ErrClosed
	}
	changed := errors.New("something else wrote it meanwhile, and it is left as that has it: run the command again, or name another file")
	if o.was == nil {
		switch err := os.Link(o.unfinished, o.target); { // in one step, and never over a file
		case err == nil:
			return os.Remove(o.unfinished)
		case errors.Is(err, fs.ErrExist):
			return changed
		}
	}
	is, err := os.Lstat(o.target)
	if errors.Is(err, fs.ErrNotExist) {
		is, err = nil, nil
	}
	if err != nil {
		return err
	}
	if (is == nil) != (o.was == nil) || is != nil && !(os.SameFile(is, o.was) && is.ModTime().Equal(o.was.ModTime()) && is.Size() == o.was.Size()) {
		return changed
	}
	return os.Rename(o.unfinished, o.target)
}

// drop takes an unfinished file away, and forget knows no more of it. The caller holds the lock.
func (f *files) drop(o *outFile) {
	o.to.Close()
	if o.unfinished != "" {
		os.Remove(o.unfinished)
	}
	f.forget(o)
}

func (f *files) forget(o *outFile) {
	f.open = slices.DeleteFunc(f.open, func(other *outFile) bool { return other == o })
}

// folder makes a folder for files, with those above it.
func (f *files) folder(place string) error {
	var missing []string
	for at := filepath.Clean(place); ; at = filepath.Dir(at) {
		if _, err := os.Stat(at); !errors.Is(err, fs.ErrNotExist) {
			break
		}
		missing = append(missing, at)
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	f.folders = append(f.folders, missing...)
	return os.MkdirAll(place, 0o755)
}

// end takes away what is not whole and lets no file take its place any more. It
// returns the places of the files that were not written.
func (f *files) end() []string {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.ended = true
	var places []string
	for len(f.open) > 0 {
		places = append(places, f.open[0].place)
		f.drop(f.open[0])
	}
	for _, folder := range f.folders {
		os.Remove(folder) // only an empty one can be
	}
	return places
}

// notWritten says which file was not written, and why.
func notWritten(place string, err error) error {
	if err == nil {
		return nil
	}
	if at, ok := errors.AsType[*fs.PathError](err); ok {
		err = at.Err // the path is one that nobody knows
	}
	if _, ok := errors.AsType[*unwritten](err); ok {
		return err
	}
	return &unwritten{place, err}
}

// unwritten is the error for a file that was not written.
type unwritten struct {
	place string
	err   error
}

func (e *unwritten) Error() string { return fmt.Sprintf("%s was not written: %v", e.place, e.err) }

func (e *unwritten) Unwrap() error { return e.err }
