package main

import (
	"fmt"
	"slices"

	"github.com/edgeofcare/edgeofcare/model"
	"github.com/edgeofcare/edgeofcare/report"
	"github.com/edgeofcare/edgeofcare/scenario"
	"github.com/edgeofcare/edgeofcare/sensitivity"
)

// sizeCommand says how large a facility must be.
type sizeCommand struct {
	source
	manyRuns
	Case       []string   `help:"A case to size; may be repeated. Those that the file compares unless told otherwise. A case may be followed by variants or stresses, as in 'medium + flat tariffs'." placeholder:"CASE"`
	Confidence proportion `help:"With which the facility is to be enough: 95%, 95 or 0.95." default:"95%"`
}

// Help is shown by edgeofcare size --help.
func (sizeCommand) Help() string {
	return `The smallest facility that is enough, with receipts recycled and without, and the
probability that today's is not enough over the cost of delivery.

Examples:
  edgeofcare size dn2
  edgeofcare size dn2 --case medium --confidence 99% -n 20000
  edgeofcare size dn2 --case low --set "facility.repay from=2025-10-01"`
}

// Run sizes the facility of every case.
func (c *sizeCommand) Run(to *streams) error {
	d, err := c.open()
	if err != nil {
		return err
	}
	names := c.Case
	if len(names) == 0 {
		names = d.Compare()
	}
	if len(names) == 0 {
		names = []string{""} // the file as it stands
	}
	var sizes sized
	for _, name := range names {
		if err := c.add(to, d, name, &sizes); err != nil {
			return err
		}
	}
	if c.Format == report.JSON {
		return writeJSON(to, sizes)
	}
	return report.Write(to.out, c.Format, report.Options{}, report.Sizes(sizes.Sizings, sizes.cases, sizes.Curves)...)
}

// sized is what was found, by case.
type sized struct {
	Sizings []*sensitivity.Sizing `json:"sizings"`
	// Curves are over the cost of delivery; none where the programme has no
	// facility that could be too small.
	Curves []*sensitivity.Curved `json:"curves,omitempty"`
	cases  []*model.Programme
}

// add sizes one case.
func (c *sizeCommand) add(to *streams, d *scenario.Document, name string, all *sized) error {
	chosen, err := c.choose(d, name)
	if err != nil {
		return err
	}
	o := c.options(to, chosen.name, chosen.edits)
	sizing, err := sensitivity.Size(to.ctx, chosen.programme, float64(c.Confidence), o.Run)
	if err != nil {
		return fmt.Errorf("case %q: %w", name, err)
	}
	all.Sizings, all.cases = append(all.Sizings, sizing), append(all.cases, chosen.programme)
	curve, err := overDeliveryCost(to, d, sizing, o)
	if err != nil || curve == nil {
		return err
	}
	curve.Case = sizing.Case
	all.Curves = append(all.Curves, curve)
	return nil
}

// overDeliveryCost runs a case over the cost of delivery; nil if there is no
// facility that could be too small, or no such driver fits.
func overDeliveryCost(to *streams, d *scenario.Document, s *sensitivity.Sizing, o sensitivity.Options) (*sensitivity.Curved, error) {
	drivers := sensitivity.Drivers(d)
	i := slices.IndexFunc(drivers, func(driver sensitivity.Driver) bool { return driver.Name == sensitivity.DeliveryCost })
	if i < 0 || s.Commitment == nil {
		return nil, nil
	}
	return sensitivity.Curve(to.ctx, d, drivers[i], []float64{0.80, 0.85, 0.90, 0.95, 1, 1.05, 1.10, 1.15, 1.20}, o)
}
