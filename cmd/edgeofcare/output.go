package main

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync/atomic"

	"github.com/edgeofcare/edgeofcare/internal/words"
	"github.com/edgeofcare/edgeofcare/report"
)

// Where the tables of a command go: printed, or to the file that -o names.

// tableFormats are the formats of tables by the extension that says so.
var tableFormats = []struct {
	extension string
	format    report.Format
}{{".txt", report.Terminal}, {".md", report.Markdown}, {".csv", report.CSV}, {".json", report.JSON}}

// Validate settles the format, and refuses a file that cannot be written before
// anything is run for it. Kong calls it once the command line is read.
func (f *outputFlags) Validate() error {
	known := []report.Format{report.Terminal, report.Markdown, report.CSV, report.JSON}
	if f.Format != "" && !slices.Contains(known, f.Format) {
		return fmt.Errorf("--format %s: tables are written as table, markdown, csv or json", f.Format)
	}
	if f.Output == "-" {
		f.Output = "" // the terminal
	}
	if f.Output == "" {
		if f.Format == "" {
			f.Format = report.Terminal
		}
		return nil
	}
	if err := writable(f.Output); err != nil {
		return err
	}
	extension := strings.ToLower(filepath.Ext(f.Output))
	for _, one := range tableFormats {
		if one.extension != extension {
			continue
		}
		if f.Format != "" && f.Format != one.format {
			return fmt.Errorf("-o %s and --format %s do not agree: leave one of them out", f.Output, f.Format)
		}
		f.Format = one.format
	}
	if f.Format == "" {
		return fmt.Errorf("-o %s does not say how the tables are to be written: let it end in .txt, .md, .csv or .json, or add --format", f.Output)
	}
	return nil
}

// writable returns why there cannot be a file at a place.
func writable(place string) error {
	folder := filepath.Dir(place)
	if _, err := os.Stat(folder); errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("-o %s: there is no folder %s: make it, or name another", place, folder)
	}
	if info, err := os.Stat(place); err == nil && info.IsDir() {
		return fmt.Errorf("-o %s is a folder: name a file in it", place)
	}
	return nil
}

// createOutput makes the file before anything is worked out for it.
func (f *outputFlags) createOutput(to *streams) (err error) {
	if f.Output != "" {
		f.file, err = to.files.create(f.Output)
	}
	return err
}

// deliver prints what was written, or puts it into the file.
func (f *outputFlags) deliver(to *streams, text []byte) error {
	if f.file == nil {
		_, err := to.out.Write(text)
		return err
	}
	return save(to, f.file, text, f.Format == report.CSV)
}

// printed is what a command prints. It knows how much that was, and why it was not
// more.
type printed struct {
	to  io.Writer
	n   atomic.Int64 // bytes
	err error        // the first
}

func (p *printed) Write(text []byte) (int, error) {
	if p.err != nil {
		return 0, p.err
	}
	n, err := p.to.Write(text)
	if err == nil && n < len(text) {
		err = io.ErrShortWrite
	}
	p.n.Add(int64(n))
	p.err = err
	return n, err
}

// byteOrderMark tells Excel that a CSV file is UTF-8. Without it "£" and letters
// with accents come out wrong. Programs that read what is printed do not expect
// one, so that it is for files alone.
const byteOrderMark = "\ufeff"

// save writes a text to a file, puts it into its place and says so.
func save(to *streams, file *outFile, text []byte, csv bool) error {
	return saveAndSay(to.out, file, text, csv)
}

// saveBeside saves what is written beside the tables, which may be printed for a program.
func saveBeside(to *streams, file *outFile, text []byte, csv bool) error {
	return saveAndSay(to.err, file, text, csv)
}

func saveAndSay(say io.Writer, file *outFile, text []byte, csv bool) error {
	if csv && !bytes.HasPrefix(text, []byte(byteOrderMark)) {
		text = slices.Concat([]byte(byteOrderMark), text)
	}
	if _, err := file.Write(text); err != nil {
		return err
	}
	if err := file.finish(); err != nil {
		return err
	}
	_, err := fmt.Fprintf(say, "%s written\n", words.Printable(file.place))
	return err
}
