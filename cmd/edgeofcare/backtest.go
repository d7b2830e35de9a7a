package main

import (
	"github.com/edgeofcare/edgeofcare/calibrate"
	"github.com/edgeofcare/edgeofcare/model/calendar"
	"github.com/edgeofcare/edgeofcare/report"
)

// backtestCommand holds a fitted model against later payments.
type backtestCommand struct {
	programmeFlags
	oneCase
	outputFlags
	To   calendar.Quarter `help:"The last quarter to fit to. Default: 2022Q4." default:"2022Q4" placeholder:"QUARTER"`
	Path string           `help:"The inputs to multiply. Default: every failure rate." placeholder:"PATH"`
}

// Help is shown by edgeofcare backtest --help.
func (backtestCommand) Help() string {
	return versionsHelp + `

Examples:
  edgeofcare backtest dn2
  edgeofcare backtest dn2 --to 2023Q2 --path "cohorts.*.referrals.children"`
}

// Run fits and prints modelled against actual payments.
func (c *backtestCommand) Run(to *streams) error {
	d, err := c.open()
	if err != nil {
		return err
	}
	v, err := c.version(d, c.Case)
	if err != nil {
		return err
	}
	b, err := calibrate.HoldOut(to.ctx, v, calibrate.Options{Path: c.Path, To: c.To})
	if err != nil {
		return err
	}
	return c.write(to, b, report.Backtest(b)...)
}
