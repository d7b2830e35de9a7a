package main

import (
	"fmt"

	"github.com/edgeofcare/edgeofcare/report"
	"github.com/edgeofcare/edgeofcare/scenario"
	"github.com/edgeofcare/edgeofcare/sensitivity"
)

// sizeCommand says how large a facility must be.
type sizeCommand struct {
	programmeFlags
	manyCases
	simulationFlags
	outputFlags
	Confidence *proportion `help:"The probability with which the facility must be enough, written 95%, 95 or 0.95. Default: 95%." placeholder:"95%"`
}

// Help is shown by edgeofcare size --help.
func (sizeCommand) Help() string {
	return `The facility needed for a given confidence, and the probability that the one in the
file is not enough, by cost of delivery.

` + versionsHelp + `

Examples:
  edgeofcare size dn2
  edgeofcare size dn2 --cases medium --confidence 99% -n 20000
  edgeofcare size dn2 --cases low --set "facility.repay from=2025-10-01"`
}

// sized is what was found, by case.
type sized struct {
	Sizings []*sensitivity.Sizing `json:"sizings"`
	// Curves are over the cost of delivery; none where the programme has no
	// facility that could be too small.
	Curves []*sensitivity.Curved `json:"curves,omitempty"`
}

// Run sizes the facility of every case.
func (c *sizeCommand) Run(to *streams) error {
	d, err := c.Prices.open(to, c.Programme)
	if err != nil {
		return err
	}
	versions, err := c.versions(d, c.Cases)
	if err != nil {
		return err
	}
	c.about(versions...)
	if err := c.checkRates(versions...); err != nil {
		return err
	}
	var sizes sized
	for _, v := range versions {
		if err := needDelivery(v); err != nil {
			return err
		}
		sizing, err := sensitivity.Size(to.ctx, v, c.Confidence.orElse(0.95), c.options(to))
		if err != nil {
			return fmt.Errorf("%s: %w", v.Phrase(), err)
		}
		sizes.Sizings = append(sizes.Sizings, sizing)
		curve, err := overDeliveryCost(to, v, sizing, sensitivity.Options{Run: c.options(to)})
		if err != nil {
			return err
		}
		if curve != nil {
			sizes.Curves = append(sizes.Curves, curve)
		}
	}
	return c.write(to, sizes, report.Sizes(sizes.Sizings, sizes.Curves)...)
}

// overDeliveryCost runs a case over the cost of delivery; nil if there is no
// facility that could be too small, or no such driver fits.
func overDeliveryCost(to *streams, v *scenario.Version, s *sensitivity.Sizing, o sensitivity.Options) (*sensitivity.Curved, error) {
	if s.Commitment == nil {
		return nil, nil
	}
	driver, err := sensitivity.ReadUnknown(v, sensitivity.DeliveryCost)
	if err != nil { // it does not fit
		return nil, nil
	}
	return sensitivity.Curve(to.ctx, v, driver, []float64{0.80, 0.85, 0.90, 0.95, 1, 1.05, 1.10, 1.15, 1.20}, o)
}
