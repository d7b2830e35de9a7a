package main

import (
	"errors"
	"fmt"

	"github.com/edgeofcare/edgeofcare/montecarlo"
	"github.com/edgeofcare/edgeofcare/report"
	"github.com/edgeofcare/edgeofcare/scenario"
	"github.com/edgeofcare/edgeofcare/sensitivity"
)

// stressCommand puts stresses on a case, or asks how bad things must be.
type stressCommand struct {
	programmeFlags
	Case string `help:"The case; variants, stresses and edits may follow it, as in 'medium + flat tariffs'. Default: medium, or else the middle one of those that the file compares." placeholder:"CASE"`
	simulationFlags
	outputFlags
	By          *sensitivity.Order `help:"What stresses are sorted by, worst first, and what a grid shows: facility (needed for 95% confidence), surplus, shortfall (its probability) or hurdle (the probability of earning less). Default: facility." placeholder:"FIGURE"`
	Stress      []string           `help:"A stress to apply, by name or made up of several parts, as in 'late=start 6 months late + referrals down 25%': see above. May be repeated. Default: all that fit the programme." placeholder:"STRESS" sep:"none"`
	Investor    string             `help:"The investor whose loss and return are shown. Default: all together, with whoever met a shortfall." placeholder:"NAME"`
	Reverse     bool               `help:"Search the other way round: how bad must each thing be, alone, for the facility to be too small or for investors to lose money?"`
	Grid        *twoDrivers        `help:"Two drivers, of the columns and the rows: every pair of their values is run, as in 'referrals,cost of delivery=0.9/1/1.1'. Values are in the driver's unit; if left out, up to five over its range." placeholder:"DRIVER,DRIVER"`
	HeatMap     string             `help:"With --grid: the file to draw the figure that --by names into, ending in .svg, .png or .pdf." placeholder:"FILE"`
	Probability *proportion        `help:"With --reverse: the probability of that event to search for. Default: 10%." placeholder:"10%"`
}

// Help is shown by edgeofcare stress --help.
func (stressCommand) Help() string {
	return versionsHelp + `

A stress is one of the file, or parts with plus signs between them, put on from left to
right, and a name before an equals sign, if you like. A part is a stress or variant of
the file, an edit in braces, or a driver with an amount: referrals, tariffs, cost of delivery, cost of residential
care and others that --reverse lists. Amounts are up 10%, down 25%, × 0.8 or, where a
driver has days, weeks or months, 6 months; growth of delivery cost has 3% a year, price
of residential care £5,000 a week. What a late start moves is said below the table.

A part may also be a tail of an uncertain input, highest or lowest tenth, fifth, quarter,
third or half: the figures are then those of the replications in whose draws it is so
high or low, and what is correlated with it in the file is as it is drawn there.

Examples:
  edgeofcare stress dn2
  edgeofcare stress dn2 --case low --by surplus
  edgeofcare stress dn2 --stress "referrals down 20%" --stress "all at once"
  edgeofcare stress dn2 --stress "late=start 6 months late + tariffs down 5%"
  edgeofcare stress dn2 --stress "tariffs down 5% + {facility.reserve=0}"
  edgeofcare stress dn2 --stress "highest tenth of unit costs.residential"
  edgeofcare stress dn2 --investor Polaris
  edgeofcare stress dn2 --reverse --probability 25%
  edgeofcare stress dn2 --grid "referrals,tariffs" --heat-map grid.svg`
}

// Run runs the case under each stress, or searches along each driver.
func (c *stressCommand) Run(to *streams) error {
	if err := c.check(); err != nil {
		return err
	}
	d, err := c.Prices.open(to, c.Programme)
	if err != nil {
		return err
	}
	v, err := c.oneCase(d, c.Case)
	if err != nil {
		return err
	}
	c.about(v)
	if err := needDelivery(v); err != nil {
		return err
	}
	if err := c.checkRates(v); err != nil {
		return err
	}
	o := sensitivity.Options{Party: c.Investor, Run: c.options(to)}
	if c.Reverse {
		return c.reverse(to, v, o)
	}
	if c.Grid != nil {
		return c.grid(to, v, o)
	}
	stresses, err := sensitivity.Stress(to.ctx, v, c.Stress, o)
	if err != nil {
		return stressNamed(err)
	}
	stresses.Stressed = stresses.WorstFirst(c.order())
	return c.write(to, stresses, report.Stresses(stresses, c.order())...)
}

// order is the figure that makes one stress worse than another.
func (c *stressCommand) order() sensitivity.Order {
	if c.By == nil {
		return sensitivity.ByFacility
	}
	return *c.By
}

// check refuses flags that do not go together.
func (c *stressCommand) check() error {
	if c.Reverse {
		return refuse("--reverse", map[string]bool{"--stress": len(c.Stress) > 0, "--by": c.By != nil, "--grid": c.Grid != nil, "--heat-map": c.HeatMap != ""})
	}
	if c.Grid != nil {
		return refuse("--grid", map[string]bool{"--stress": len(c.Stress) > 0, "--probability": c.Probability != nil})
	}
	if c.HeatMap != "" {
		return misused("--heat-map is for --grid: add --grid, or leave it out")
	}
	if c.Probability != nil {
		return misused("--probability is for --reverse: add --reverse, or leave it out")
	}
	return nil
}

// stressNamed says how to see which stresses there are, if one was named that
// there is not.
func stressNamed(err error) error {
	if unknown, ok := errors.AsType[*scenario.NameError](err); ok && unknown.What == "stress" {
		return fmt.Errorf("%w; edgeofcare stress without --stress shows what each does; a driver needs an amount, as in \"referrals down 25%%\"", err)
	}
	return helpWithDelivery(err)
}

// reverse asks of every driver how bad it must be for either event.
func (c *stressCommand) reverse(to *streams, v *scenario.Version, o sensitivity.Options) error {
	events := []string{montecarlo.FacilityShort, montecarlo.LosesMoney}
	drivers := sensitivity.Drivers(v.Document(), events...)
	if to.terminal {
		fmt.Fprintf(to.err, "A search along %d drivers for each of %d events: at most %d runs, most often far fewer.\n",
			len(drivers), len(events), len(events)*sensitivity.MostRuns(drivers))
	}
	all, err := sensitivity.ReverseEvents(to.ctx, v, drivers, events, c.Probability.orElse(0.10), o)
	if err != nil {
		return helpWithDelivery(err)
	}
	return c.write(to, all, report.Reversed(all)...)
}
