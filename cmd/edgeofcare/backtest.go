package main

import (
	"github.com/edgeofcare/edgeofcare/calibrate"
	"github.com/edgeofcare/edgeofcare/model/calendar"
	"github.com/edgeofcare/edgeofcare/report"
)

// backtestCommand holds fitted models against later payments.
type backtestCommand struct {
	programmeFlags
	oneCase
	simulationFlags
	outputFlags
	Origin []calendar.Quarter `help:"The last quarter to fit to, as in Q3 2022/23 or, for the same calendar quarter, 2022Q4; may be repeated. Default: every second quarter that leaves at least four before it and four after it." placeholder:"QUARTER"`
	Fit    []string           `help:"An input to choose from: referrals, start probability, failure, or a path as in --set; may be repeated. Default: the first three." placeholder:"INPUT" sep:"none"`
}

// Help is shown by edgeofcare backtest --help.
func (backtestCommand) Help() string {
	return versionsHelp + `

Examples:
  edgeofcare backtest dn2
  edgeofcare backtest dn2 --origin "Q3 2022/23" --fit failure
  edgeofcare backtest dn2 --origin "Q1 2022/23,Q1 2023/24"
  edgeofcare backtest dn2 --fit "cohorts.foster stability.failure.hazard"`
}

// Run fits and prints modelled against actual payments.
func (c *backtestCommand) Run(to *streams) error {
	if err := refuse("backtest, which sets modelled payments beside those that were paid, as they were paid,", map[string]bool{"--prices": c.Prices.given()}); err != nil {
		return err
	}
	if err := refuse("backtest, whose forecasts are always over rates and chance and whose fits never are,", map[string]bool{"--fixed-rates": c.FixedRates}); err != nil {
		return err
	}
	v, err := c.openOne(to, c.Case, &c.outputFlags)
	if err != nil {
		return err
	}
	b, err := calibrate.HoldOut(to.ctx, v, calibrate.Options{Origins: c.Origin, Fit: c.Fit, Run: c.options(to)})
	if err != nil {
		return err
	}
	return c.write(to, b, report.Backtest(b)...)
}
