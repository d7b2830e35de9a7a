package main

import (
	"bytes"
	"path/filepath"
	"slices"
	"strings"

	"github.com/edgeofcare/edgeofcare/plot"
)

// chartFile is the file of a chart that a command draws beside its tables.
type chartFile struct {
	format plot.Format
	file   *outFile
}

// newChartFile makes the file that a flag names, before anything is worked out for it;
// nil without a name.
func newChartFile(to *streams, flag, name string) (*chartFile, error) {
	if name == "" {
		return nil, nil
	}
	format := plot.Format(strings.TrimPrefix(strings.ToLower(filepath.Ext(name)), "."))
	if !slices.Contains([]plot.Format{plot.SVG, plot.PNG, plot.PDF}, format) {
		return nil, misused("%s %s does not say how it is to be drawn: let it end in .svg, .png or .pdf", flag, name)
	}
	file, err := to.files.create(name)
	if err != nil {
		return nil, err
	}
	return &chartFile{format, file}, nil
}

// draw draws the chart, if there is a file for it.
func (f *chartFile) draw(to *streams, figure func() (*plot.Figure, error)) error {
	if f == nil {
		return nil
	}
	drawn, err := figure()
	if err != nil {
		return err
	}
	var b bytes.Buffer
	if err := drawn.Write(&b, f.format); err != nil {
		return err
	}
	return save(to, f.file, b.Bytes(), false)
}
