package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"os"
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
	if err := os.MkdirAll(c.Output, 0o755); err != nil {
		return fmt.Errorf("%w: name a folder for the charts with -o", err)
	}
	var left, failed []string
	for _, one := range charts {
		if err := one.lacks(v); err != nil {
			left = append(left, one.name+" left out: "+lacking(err))
			continue
		}
		err := c.oneOfAll(d, one, format)
		if errors.Is(err, context.Canceled) {
			return err
		}
		if err != nil {
			failed = append(failed, one.name+" could not be drawn: "+err.Error())
		}
	}
	for _, said := range slices.Concat(left, failed) {
		fmt.Fprintln(d.to.out, words.Printable(said))
	}
	fmt.Fprintf(d.to.out, "%d of %d charts drawn, %d left out, %d could not be drawn\n", len(charts)-len(left)-len(failed), len(charts), len(left), len(failed))
	if len(failed) > 0 {
		return fmt.Errorf("%s could not be drawn", words.Plural(len(failed), "chart"))
	}
	return nil
}

func (c *plotCommand) oneOfAll(d *drawing, one chart, format plot.Format) error {
	figure, err := one.draw(d)
	if err != nil {
		return err
	}
	return c.put(d.to, figure, format, filepath.Join(c.Output, one.name+"."+string(format)))
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
