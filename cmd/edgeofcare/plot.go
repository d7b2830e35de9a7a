package main

import (
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"gonum.org/v1/plot/vg"

	"github.com/edgeofcare/edgeofcare/montecarlo"
	"github.com/edgeofcare/edgeofcare/plot"
	"github.com/edgeofcare/edgeofcare/report"
	"github.com/edgeofcare/edgeofcare/scenario"
)

// plotCommand draws charts.
type plotCommand struct {
	Programme string `arg:"" optional:"" help:"A name in the library, or a YAML file."`
	Chart     string `arg:"" optional:"" help:"The chart to draw. Left out: the charts there are."`
	onTop
	manyCases
	Case string `help:"The case of charts of one case, which variants, stresses and edits may follow. Default: the first in the file, or the middle one for charts of capital and stresses." placeholder:"CASE"`
	simulationFlags
	List     bool        `help:"List the charts and what each answers."`
	All      bool        `help:"Draw every chart that the programme has data for, into the folder that -o names."`
	Output   string      `short:"o" help:"File to write, in the format of its extension: .svg, .png, .pdf or .csv; with --all a folder; - for the terminal. Default: CHART.svg." placeholder:"FILE"`
	Format   plot.Format `short:"f" help:"svg, png, pdf or csv (the figures that are drawn), where -o does not say." placeholder:"FORMAT"`
	Title    string      `help:"Title of the chart: what it shows, in a sentence, in place of what is measured." placeholder:"TEXT"`
	Cohort   string      `help:"The cohort of occupancy and survival. Default: all of them." placeholder:"COHORT"`
	Investor string      `help:"The investor of returns. Default: all investors together." placeholder:"NAME"`
	Width    int         `help:"Width in pixels. Default: 960, and 1440 in PNG. Without --height the chart keeps its proportions." placeholder:"PIXELS"`
	Height   int         `help:"Height in pixels; charts of many rows need more of it than others." placeholder:"PIXELS"`
}

// Help is shown by edgeofcare plot --help.
func (plotCommand) Help() string {
	return versionsHelp + `

Examples:
  edgeofcare plot --list
  edgeofcare plot dn2 payments -o payments.png
  edgeofcare plot dn2 net-saving --cases "medium,medium + flat tariffs" --title "Flat tariffs change little"
  edgeofcare plot dn2 occupancy --case high --format csv -o -
  edgeofcare plot dn2 --all -o charts`
}

// Run lists charts, or draws one or all of them.
func (c *plotCommand) Run(to *streams) error {
	if err := c.check(); err != nil {
		return err
	}
	if c.Programme == "" || c.List && c.Chart == "" {
		return c.list(to, nil)
	}
	d, err := c.drawing(to)
	if err != nil {
		return err
	}
	switch {
	case c.All:
		return c.all(d)
	case c.Chart == "":
		return c.list(to, d)
	}
	return c.one(d)
}

// check returns what does not go together on the command line.
func (c *plotCommand) check() error {
	switch {
	case c.Format != "" && !slices.Contains(plotFormats, c.Format):
		return fmt.Errorf("--format %s: a chart is written as svg, png, pdf or csv", c.Format)
	case c.All && c.Chart != "":
		return fmt.Errorf("--all draws every chart: leave out %s, or leave out --all", c.Chart)
	case c.All && c.Programme == "":
		return errors.New("--all draws the charts of a programme: name one, as in edgeofcare plot dn2 --all -o charts")
	case c.All && (c.Output == "" || c.Output == "-"):
		return errors.New("--all writes a file for every chart: name a folder for them, as in -o charts")
	case c.All && c.Title != "":
		return errors.New("--title is for one chart: name the chart, or leave out --title")
	case c.List && c.Chart != "":
		return fmt.Errorf("--list lists the charts: leave out %s, or leave out --list", c.Chart)
	case c.Width < 0 || c.Height < 0:
		return errors.New("--width and --height are numbers above 0")
	case c.Programme != "" && c.Chart == "" && slices.Contains(chartNames(), c.Programme):
		return fmt.Errorf("%s is a chart: name the programme first, as in edgeofcare plot dn2 %s", c.Programme, c.Programme)
	case c.Chart == "" && !c.All:
		given := c.given()
		for name, is := range map[string]bool{
			"--output": c.Output != "", "--format": c.Format != "", "--title": c.Title != "", "--width": c.Width != 0, "--height": c.Height != 0,
		} {
			given[name] = is
		}
		return refuse("a list of charts", given)
	}
	return nil
}

// given is which of the flags that only some charts take were given.
func (c *plotCommand) given() map[string]bool {
	return map[string]bool{
		string(flagCase): c.Case != "", string(flagCases): c.Cases != "", string(flagCohort): c.Cohort != "",
		string(flagInvestor): c.Investor != "", string(flagRuns): c.Replications != 0,
	}
}

// takes refuses flags that a chart does not depend on.
func (c *plotCommand) takes(one *chart) error {
	given := c.given()
	for _, f := range one.takes {
		delete(given, string(f))
	}
	return refuse("the chart "+one.name, given)
}

var plotFormats = []plot.Format{plot.SVG, plot.PNG, plot.PDF, plot.CSV}

// drawing reads the programme that charts are drawn of.
func (c *plotCommand) drawing(to *streams) (*drawing, error) {
	document, err := openDocument(c.Programme)
	if err != nil {
		return nil, err
	}
	d := &drawing{to: to, document: document, flags: c, ran: map[string]*montecarlo.Result{}}
	d.cases, err = c.versions(document, c.Cases)
	return d, err
}

// one draws one chart.
func (c *plotCommand) one(d *drawing) error {
	chosen, err := chartNamed(c.Chart)
	if err != nil {
		return err
	}
	place, format, err := c.place(c.Chart)
	if err != nil {
		return err
	}
	if err := errors.Join(c.takes(chosen), c.fits(format)); err != nil {
		return err
	}
	v, err := d.one()
	if err != nil {
		return err
	}
	if err := chosen.lacks(v); err != nil {
		return helpWithDelivery(err)
	}
	figure, err := chosen.draw(d)
	if err != nil {
		return err
	}
	if c.Title != "" {
		figure.Title = c.Title
	}
	text, err := c.written(figure, format)
	if err != nil {
		return err
	}
	if place == "-" {
		_, err = d.to.out.Write(text)
		return err
	}
	return save(d.to, place, text)
}

// fits refuses flags about looks for the figures alone.
func (c *plotCommand) fits(format plot.Format) error {
	if format != plot.CSV {
		return nil
	}
	return refuse("a chart as csv", map[string]bool{"--title": c.Title != "", "--width": c.Width != 0, "--height": c.Height != 0})
}

// place is where a chart goes and in which format.
func (c *plotCommand) place(name string) (string, plot.Format, error) {
	format := cmp.Or(c.Format, plot.SVG)
	info, err := os.Stat(c.Output)
	switch {
	case c.Output == "":
		return name + "." + string(format), format, nil
	case c.Output == "-":
		return "-", format, nil
	case err == nil && info.IsDir():
		return filepath.Join(c.Output, name+"."+string(format)), format, nil
	}
	named := plot.Format(strings.ToLower(strings.TrimPrefix(filepath.Ext(c.Output), ".")))
	switch {
	case !slices.Contains(plotFormats, named):
		return "", "", fmt.Errorf("-o %s does not say how the chart is to be written: let it end in .svg, .png, .pdf or .csv", c.Output)
	case c.Format != "" && c.Format != named:
		return "", "", fmt.Errorf("-o %s and --format %s do not agree: leave one of them out", c.Output, c.Format)
	}
	return c.Output, named, nil
}

// all draws every chart that the programme has data for and says which it leaves
// out.
func (c *plotCommand) all(d *drawing) error {
	format := cmp.Or(c.Format, plot.SVG)
	if err := c.fits(format); err != nil {
		return err
	}
	v, err := d.one()
	if err != nil {
		return err
	}
	if err := os.MkdirAll(c.Output, 0o755); err != nil {
		return fmt.Errorf("%w: name a folder for the charts with -o", err)
	}
	for _, one := range charts {
		if err := one.lacks(v); err != nil {
			fmt.Fprintf(d.to.out, "%s left out: %v\n", one.name, err)
			continue
		}
		figure, err := one.draw(d)
		if err != nil {
			return fmt.Errorf("%s: %w", one.name, err)
		}
		text, err := c.written(figure, format)
		if err != nil {
			return fmt.Errorf("%s: %w", one.name, err)
		}
		if err := save(d.to, filepath.Join(c.Output, one.name+"."+string(format)), text); err != nil {
			return err
		}
	}
	return nil
}

// written is the figure at the size that was asked for. One of width and height
// alone keeps the chart's proportions, as long charts need their height.
func (c *plotCommand) written(f *plot.Figure, format plot.Format) ([]byte, error) {
	pixel := vg.Inch / 96
	if format == plot.PNG {
		pixel = vg.Inch / 144
	}
	usual := struct{ width, height vg.Length }{cmp.Or(f.Width, 10*vg.Inch), cmp.Or(f.Height, 5.625*vg.Inch)}
	f.Width, f.Height = vg.Length(c.Width)*pixel, vg.Length(c.Height)*pixel
	switch {
	case c.Width == 0 && c.Height == 0:
		f.Width, f.Height = usual.width, usual.height
	case c.Height == 0:
		f.Height = f.Width * usual.height / usual.width
	case c.Width == 0:
		f.Width = f.Height * usual.width / usual.height
	}
	var b bytes.Buffer
	err := f.Write(&b, format)
	return b.Bytes(), err
}

// save writes a file once all of it is there.
func save(to *streams, place string, text []byte) error {
	if err := os.WriteFile(place, text, 0o644); err != nil {
		return err
	}
	fmt.Fprintf(to.out, "%s written\n", place)
	return nil
}

// list lists the charts, and where a programme is given says which it has no
// data for.
func (c *plotCommand) list(to *streams, d *drawing) error {
	var v *scenario.Version
	if d != nil {
		var err error
		if v, err = d.one(); err != nil {
			return err
		}
	}
	return report.Write(to.out, report.Terminal, report.Options{Width: to.width}, chartTable(v))
}
