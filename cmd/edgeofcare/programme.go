package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"slices"
	"strings"

	"github.com/edgeofcare/edgeofcare/model"
	"github.com/edgeofcare/edgeofcare/report"
	"github.com/edgeofcare/edgeofcare/scenario"
)

// source is the programme that a command works on and the edits to it.
type source struct {
	Programme string   `arg:"" help:"Name in the library, or a YAML file."`
	With      []string `help:"A variant or a stress to put on top of the case; may be repeated." placeholder:"VARIANT" sep:"none"`
	Set       []string `help:"An input to change, as in --set 'cohorts.*.lag=13'; may be repeated." placeholder:"PATH=VALUE" sep:"none"`
}

// open reads the programme: a file where the name looks like one or there is
// one, otherwise from the library.
func (s *source) open() (*scenario.Document, error) {
	return openDocument(s.Programme)
}

func openDocument(name string) (*scenario.Document, error) {
	file, err := os.Open(name)
	switch {
	case err == nil:
		defer file.Close()
		return scenario.Read(name, file)
	case !errors.Is(err, fs.ErrNotExist):
		return nil, err
	case strings.HasSuffix(name, ".yaml") || strings.HasSuffix(name, ".yml"):
		return nil, fmt.Errorf("there is no file %s: edgeofcare init %s writes one to start from", name, name)
	}
	return scenario.Open(name)
}

// edits returns the edits of the variants and stresses, and of --set, in that
// order.
func (s *source) edits(d *scenario.Document) ([]scenario.Edit, error) {
	var all []scenario.Edit
	for _, name := range s.With {
		more, err := variantOrStress(d, name)
		if err != nil {
			return nil, err
		}
		all = append(all, more...)
	}
	for _, text := range s.Set {
		edit, err := scenario.ParseEdit(text)
		if err != nil {
			return nil, err
		}
		all = append(all, edit)
	}
	return all, nil
}

// variantOrStress returns the edits of a variant or, if none has the name, of a
// stress. The error lists both.
func variantOrStress(d *scenario.Document, name string) ([]scenario.Edit, error) {
	edits, err := d.Variant(name)
	if err == nil {
		return edits, nil
	}
	if edits, err = d.Stress(name); err == nil {
		return edits, nil
	}
	return nil, unknownVariant(d, name)
}

// unknownVariant suggests the nearest of all variants and stresses, and lists each
// kind in full.
func unknownVariant(d *scenario.Document, name string) error {
	unknown := &scenario.NameError{What: "variant or stress", Name: name}
	var variants, stresses []string
	for _, info := range d.Variants() {
		variants = append(variants, info.Name)
	}
	for _, info := range d.Stresses() {
		stresses = append(stresses, info.Name)
	}
	if unknown.Valid = slices.Concat(variants, stresses); len(unknown.Valid) == 0 {
		return unknown
	}
	text, _, _ := strings.Cut(unknown.Error(), " There are ")
	text, _, _ = strings.Cut(text, ": write one of ")
	if len(variants) > 0 {
		text += "\nvariants: " + strings.Join(variants, "; ")
	}
	if len(stresses) > 0 {
		text += "\nstresses: " + strings.Join(stresses, "; ")
	}
	return errors.New(text)
}

// programme returns the programme with a case and the edits applied.
func (s *source) programme(d *scenario.Document, caseName string) (*model.Programme, error) {
	edits, err := s.edits(d)
	if err != nil {
		return nil, err
	}
	return d.Programme(caseName, edits...)
}

// combined returns the programme of a case followed by variants: "medium + flat
// tariffs". It is known by that name; --with and --set come on top, and are
// named in the title.
func (s *source) combined(d *scenario.Document, name string, f report.Format) (*model.Programme, error) {
	parts := strings.Split(name, " + ")
	with := source{With: slices.Concat(parts[1:], s.With), Set: s.Set}
	p, err := with.programme(d, parts[0])
	if err != nil {
		return nil, err
	}
	p.Case = name
	if shared := slices.Concat(s.With, s.Set); len(shared) > 0 {
		p.Title += ", with " + strings.Join(shared, ", ")
		if f == report.CSV || f == report.JSON {
			p.Case += ", with " + strings.Join(shared, ", ")
		}
	}
	return p, nil
}

// describe says an error as a person reads it: faults of a file one to a line.
func describe(err error) string {
	faults := scenario.Faults(err)
	if len(faults) == 0 {
		return "edgeofcare: " + err.Error()
	}
	var lines []string
	for _, f := range faults {
		lines = append(lines, f.Error())
	}
	if len(faults) > 1 {
		lines = append(lines, fmt.Sprintf("%d faults", len(faults)))
	}
	return strings.Join(lines, "\n")
}

func isProgrammeFault(err error) bool { return len(scenario.Faults(err)) > 0 }
