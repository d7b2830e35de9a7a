package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"slices"

	"github.com/edgeofcare/edgeofcare/finance"
	"github.com/edgeofcare/edgeofcare/internal/words"
	"github.com/edgeofcare/edgeofcare/plot"
	"github.com/edgeofcare/edgeofcare/scenario"
)

// all draws every chart that can be drawn. What it leaves out and what could not
// be drawn it says at the end, with the reasons: one chart never ends the others.
func (c *plotCommand) all(d *drawing) error {
	format := cmp.Or(c.Format, plot.SVG)
	if err := errors.Join(c.fits(format), c.sizes(format)); err != nil {
		return err
	}
	v, err := d.one()
	if err != nil {
		return err
	}
	if err := d.checkNames(); err != nil {
		return err
	}
	var left, failed []string
	charts := c.set()
	files, err := c.createAll(d.to, v, format)
	if err != nil {
		return err
	}
	for i, one := range charts {
		if err := one.lacks(v); err != nil {
			left = append(left, one.name+" left out: "+lacking(err))
			continue
		}
		err := c.oneOfAll(d, one, format, files[i])
		if errors.Is(err, context.Canceled) || d.to.printed.err != nil {
			return err
		}
		if err != nil {
			files[i].abandon()
			failed = append(failed, one.name+" could not be drawn: "+err.Error())
		}
	}
	for _, said := range slices.Concat(left, failed, c.unused(v)) {
		fmt.Fprintln(d.to.out, words.Printable(said))
	}
	fmt.Fprintf(d.to.out, "%d of %d charts drawn, %d left out, %d could not be drawn\n", len(charts)-len(left)-len(failed), len(charts), len(left), len(failed))
	if len(failed) > 0 {
		return fmt.Errorf("%s %w", words.Plural(len(failed), "chart"), errNotAllDrawn)
	}
	return nil
}

// set is the charts that --all draws.
func (c *plotCommand) set() []chart {
	if c.Published {
		return publishedCharts
	}
	return charts
}

// unused says which charts did not use a flag that chooses what is drawn: those of
// several cases are not of the one of --case.
func (c *plotCommand) unused(v *scenario.Version) []string {
	var said []string
	given := c.given()
	for _, flag := range []string{"--case", "--cases", "--cohort", "--investor", "--prices"} {
		if !given[flag] {
			continue
		}
		var names []string
		for _, one := range c.set() {
			if one.lacks(v) == nil && !slices.Contains(one.takes, flag) {
				names = append(names, one.name)
			}
		}
		if len(names) > 0 {
			said = append(said, flag+" is not used by "+words.And(names))
		}
	}
	return said
}

// createAll makes the folder and the files of all charts that the version has data
// for, before the first is drawn.
func (c *plotCommand) createAll(to *streams, v *scenario.Version, format plot.Format) ([]*outFile, error) {
	if err := to.files.folder(c.Output); err != nil {
		return nil, fmt.Errorf("%w: name a folder for the charts with -o", err)
	}
	charts := c.set()
	files := make([]*outFile, len(charts))
	for i, one := range charts {
		if one.lacks(v) != nil {
			continue
		}
		var err error
		if files[i], err = to.files.create(filepath.Join(c.Output, one.name+"."+string(format))); err != nil {
			return nil, err
		}
	}
	return files, nil
}

func (c *plotCommand) oneOfAll(d *drawing, one chart, format plot.Format, file *outFile) error {
	figure, err := one.draw(d)
	if err != nil {
		return err
	}
	return c.put(d.to, figure, format, file)
}

// checkNames checks the names that only some charts ask for, before any is drawn.
func (d *drawing) checkNames() error {
	v, err := d.one()
	if err != nil {
		return err
	}
	if name := d.flags.Cohort; name != "" {
		var cohorts []string
		for _, c := range v.Programme.Cohorts {
			cohorts = append(cohorts, c.Name)
		}
		if !slices.Contains(cohorts, name) {
			return fmt.Errorf("--cohort: %w", &scenario.NameError{What: "cohort", Name: name, Valid: cohorts})
		}
	}
	if d.flags.Investor == "" || d.flags.Investor == finance.Consortium {
		return nil
	}
	for _, v := range d.cases {
		var investors []string
		if f := v.Programme.Facility; f != nil {
			for _, i := range f.Investors {
				investors = append(investors, i.Name)
			}
		}
		if !slices.Contains(investors, d.flags.Investor) {
			return fmt.Errorf("--investor: %w", &scenario.NameError{What: "investor", Name: d.flags.Investor, Valid: investors})
		}
	}
	return nil
}
