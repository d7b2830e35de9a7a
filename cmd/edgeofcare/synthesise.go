package main

import (
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/edgeofcare/edgeofcare/calibrate/synthetic"
	"github.com/edgeofcare/edgeofcare/internal/words"
	"github.com/edgeofcare/edgeofcare/report"
)

// synthesiseCommand makes up returns of which the truth is known.
type synthesiseCommand struct {
	Output   string        `short:"o" required:"" help:"The folder to write the files into: a new one, or one that holds nothing but the same files." placeholder:"FOLDER"`
	Children int           `default:"300" help:"Children seen in care within the years. Default: 300." placeholder:"N"`
	Years    int           `default:"5" help:"Returns, one a year; the last is 2024/25. Default: 5." placeholder:"N"`
	Seed     seed          `default:"1" help:"Where random numbers start from: the same seed gives the same files. Default: 1." placeholder:"N"`
	Faults   []string      `help:"Faults to plant, three times each where there is room: all, or names with commas between them. Default: none." placeholder:"LIST"`
	XML      bool          `name:"xml" help:"Write each return as one file in XML, in place of two in CSV."`
	Format   report.Format `short:"f" help:"How to print the truth: table, markdown, csv or json. Default: table." placeholder:"FORMAT"`
}

// Help is shown by edgeofcare synthesise --help.
func (synthesiseCommand) Help() string {
	return `The files have the form of yearly returns on looked-after children (SSDA903). No child in
them exists, and nothing in them is evidence: every name begins with "synthetic", every
child's with SYN. Children move at stated rates, the same at every age up to 18.

What is printed is what is true: those rates, the children in care on each 31 March, and
where each fault was planted. Hold what edgeofcare calibrate finds against it.

Faults are ` + strings.Join(synthetic.Faults(), ", ") + `.

Examples:
  edgeofcare synthesise -o returns
  edgeofcare synthesise -o returns --children 3000 --years 3 --seed 7
  edgeofcare synthesise -o returns --faults all --xml
  edgeofcare synthesise -o returns --faults "overlap,gap,bad date"
  edgeofcare calibrate returns`
}

// Validate settles the format. Kong calls it once the command line is read.
func (c *synthesiseCommand) Validate() error {
	out := outputFlags{Format: c.Format}
	err := out.Validate()
	c.Format = out.Format
	return err
}

// Run makes everything before it writes anything.
func (c *synthesiseCommand) Run(to *streams) error {
	s := synthetic.Settings{Children: c.Children, Years: c.Years, Seed: uint64(c.Seed), Faults: c.Faults, XML: c.XML}
	if slices.Equal(c.Faults, []string{"all"}) {
		s.Faults = synthetic.Faults()
	}
	made := map[string][]byte{}
	truth, err := synthetic.Write(s, func(name string, text []byte) error {
		made[filepath.FromSlash(name)] = text
		return nil
	})
	if err != nil {
		return misused("%v", err)
	}
	if err := c.put(to, made); err != nil {
		return err
	}
	if c.Format == report.JSON {
		return writeJSON(to.out, truth)
	}
	out := outputFlags{Format: c.Format}
	return out.write(to, nil, c.tables(truth, s.Faults, len(made))...)
}

// put writes the files into the folder, which must hold no other.
func (c *synthesiseCommand) put(to *streams, made map[string][]byte) error {
	if info, err := os.Stat(c.Output); err == nil && !info.IsDir() {
		return fmt.Errorf("-o %s is a file: name a folder", c.Output)
	}
	err := filepath.WalkDir(c.Output, func(place string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		name, err := filepath.Rel(c.Output, place)
		if _, ours := made[name]; err == nil && !d.IsDir() && !ours {
			err = fmt.Errorf("-o %s holds %s, which is not of these files: name a new folder, so that what is made up stands by itself", c.Output, name)
		}
		return err
	})
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	for _, name := range slices.Sorted(maps.Keys(made)) {
		place := filepath.Join(c.Output, name)
		if err := to.files.folder(filepath.Dir(place)); err != nil {
			return notWritten(place, err)
		}
		file, err := to.files.create(place)
		if err != nil {
			return err
		}
		if _, err := file.Write(made[name]); err != nil {
			return err
		}
		if err := file.finish(); err != nil {
			return err
		}
	}
	return nil
}

// tables are what is true of the files.
func (c *synthesiseCommand) tables(truth *synthetic.Truth, faults []string, files int) []report.Table {
	rates := figures(textTable("True rates: moves per child and week at risk, at every age up to 18", "from", "to"), "a week")
	rates.About = []string{fmt.Sprintf("Synthetic: no child exists. %s in %s written to %s, seed %d",
		words.Capital(words.Plural(c.Years, "return")), words.Plural(files, "file"), words.Printable(c.Output), c.Seed)}
	for _, h := range truth.Hazards {
		rates.Rows = append(rates.Rows, report.Row{Cells: []report.Cell{{Text: h.From}, {Text: h.To}, figureCell(h.Weekly, 4, "moves per child-week")}})
	}
	stock := figures(textTable("Children in care at the end of the day, short breaks left out", "day"), "foster", "residential", "together")
	for _, s := range truth.Stock {
		foster, residential := s.Children["foster"], s.Children["residential"]
		stock.Rows = append(stock.Rows, report.Row{Cells: []report.Cell{
			{Text: s.Day.String()},
			figureCell(float64(foster), 0, "children"), figureCell(float64(residential), 0, "children"), figureCell(float64(foster+residential), 0, "children"),
		}})
	}
	if len(faults) == 0 {
		return []report.Table{rates, stock}
	}
	planted := figures(textTable("Faults planted, at the line where each can be seen", "fault", "file"), "line")
	times := map[string]int{}
	for _, f := range truth.Planted {
		times[f.Name]++
		planted.Rows = append(planted.Rows, report.Row{Cells: []report.Cell{{Text: f.Name}, {Text: f.File}, figureCell(float64(f.Line), 0, "")}})
	}
	for _, name := range faults {
		if n := times[name]; n < 3 {
			planted.Notes = append(planted.Notes, fmt.Sprintf("%s: there was room for %d of 3. More children or years make room.", name, n))
		}
	}
	return []report.Table{rates, stock, planted}
}
