package main

import (
	"bytes"
	"fmt"
	"path/filepath"
	"slices"
	"strings"

	"github.com/edgeofcare/edgeofcare/internal/words"
	"github.com/edgeofcare/edgeofcare/plot"
	"github.com/edgeofcare/edgeofcare/report"
	"github.com/edgeofcare/edgeofcare/scenario"
	"github.com/edgeofcare/edgeofcare/sensitivity"
)

// solveCommand finds the value of one unknown at which a goal is reached.
type solveCommand struct {
	Programme string `arg:"" help:"A name in the library, or a YAML file."`
	Unknown   string `arg:"" help:"What to solve for: a driver by name, a path of the file, a path and * for a factor, or a path and + for an amount or a delay. See above."`
	Goal      string `arg:"" help:"What is to be true, as in 'net saving, Derby, above £0 with at least 80%'. See above."`
	onTop
	Case string `help:"The case; variants, stresses and edits may follow it, as in 'medium + flat tariffs'. Default: medium, or else the middle one of those that the file compares." placeholder:"CASE"`
	simulationFlags
	outputFlags
	From  *plainValue `help:"The least value to try, in the unit of the unknown. Default: that of the driver, or half of today's value." placeholder:"VALUE"`
	To    *plainValue `help:"The most to try. Default: that of the driver, or twice today's value." placeholder:"VALUE"`
	Chart string      `help:"The file to draw the goal along the unknown into, ending in .svg, .png or .pdf." placeholder:"FILE"`
}

// plainValue is a number in plain digits, below 0 too.
type plainValue float64

// UnmarshalText reads a plain number.
func (v *plainValue) UnmarshalText(text []byte) error {
	given := strings.TrimSpace(string(text))
	var x float64
	number := strings.TrimPrefix(given, "-")
	if _, err := fmt.Sscanf(given, "%g", &x); err != nil || !plainNumber.MatchString(number) || number == "" {
		return fmt.Errorf("%q is no value: write a plain number in the unit of the unknown, such as 0.8 or 5000", given)
	}
	*v = plainValue(x)
	return nil
}

// Help is shown by edgeofcare solve --help.
func (solveCommand) Help() string {
	return `At which value of one unknown is a goal reached? The unknown is

  tariffs                      a driver; stress --reverse lists them
  unit costs.residential       a number of the file, which is then not drawn
  "metrics.*.tariff *"         a factor on all that the path leads to
  "cohorts.*.referrals.to +"   days by which a date is later

and the goal is a measure (edgeofcare explain), whose it is, and a test:

  "net public saving, mean at least £0"     or central projection, P10, median
  "net saving, Derby, above £0 with at least 80%"
  "loses money, Polaris, at most 10%"       an event

The answer has an interval, which is Monte Carlo error alone, and a run of its own
with another seed beside it. The steps of the search follow.

` + versionsHelp + `

Examples:
  edgeofcare solve dn2 tariffs "net public saving, P10 at least £0"
  edgeofcare solve dn2 referrals "loses money, consortium, at most 35%"
  edgeofcare solve dn2 "unit costs.foster" "net public saving, P10 at least 0"
  edgeofcare solve dn2 tariffs "net public saving, mean at least £0" --to 4
  edgeofcare solve dn2 tariffs "receipts, mean at least £6m" --chart a.svg`
}

// Run solves for the unknown.
func (c *solveCommand) Run(to *streams) error {
	goal, err := sensitivity.ReadGoal(c.Goal)
	if err != nil {
		return &usageError{err}
	}
	d, err := c.Prices.open(to, c.Programme)
	if err != nil {
		return err
	}
	v, err := c.oneCase(d, c.Case)
	if err != nil {
		return err
	}
	if err := c.sameCurrency(v); err != nil {
		return err
	}
	c.about(v)
	if err := c.checkRates(v); err != nil {
		return err
	}
	unknown, err := c.unknown(v)
	if err != nil {
		return err
	}
	format, file, err := c.chartFile(to)
	if err != nil {
		return err
	}
	s, err := sensitivity.Solve(to.ctx, v, goal, unknown, sensitivity.Options{Run: c.options(to)})
	if err != nil {
		return helpWithDelivery(err)
	}
	if file != nil {
		if err := drawSolved(to, s, format, file); err != nil {
			return err
		}
	}
	return c.write(to, s, report.Solved(s)...)
}

// sameCurrency refuses a goal in pounds of a programme in another currency.
func (c *solveCommand) sameCurrency(v *scenario.Version) error {
	own := v.Programme.Currency
	if own == "" || own == words.Sterling || !strings.Contains(c.Goal, words.PoundSign) {
		return nil
	}
	return inCurrency(v.Programme, words.Sterling)
}

// unknown is what to solve for, with the range that was asked for.
func (c *solveCommand) unknown(v *scenario.Version) (sensitivity.Driver, error) {
	d, err := sensitivity.ReadUnknown(v, c.Unknown)
	if err != nil {
		return d, err
	}
	if c.From != nil {
		d.From = float64(*c.From)
	}
	if c.To != nil {
		d.To = float64(*c.To)
	}
	if !(d.From <= d.Neutral && d.Neutral <= d.To && d.From < d.To) {
		return d, misused("--from and --to: the range from %s to %s must hold today's value, %s", d.Text(d.From), d.Text(d.To), d.Text(d.Neutral))
	}
	return d, nil
}

// chartFile is the file of the chart, if there is to be one.
func (c *solveCommand) chartFile(to *streams) (plot.Format, *outFile, error) {
	if c.Chart == "" {
		return "", nil, nil
	}
	format := plot.Format(strings.TrimPrefix(strings.ToLower(filepath.Ext(c.Chart)), "."))
	if !slices.Contains([]plot.Format{plot.SVG, plot.PNG, plot.PDF}, format) {
		return "", nil, misused("--chart %s does not say how it is to be drawn: let it end in .svg, .png or .pdf", c.Chart)
	}
	file, err := to.files.create(c.Chart)
	return format, file, err
}

// drawSolved draws the goal along the unknown.
func drawSolved(to *streams, s *sensitivity.Solved, format plot.Format, file *outFile) error {
	figure, err := plot.Solved(s)
	if err != nil {
		return err
	}
	var b bytes.Buffer
	if err := figure.Write(&b, format); err != nil {
		return err
	}
	return save(to, file, b.Bytes(), false)
}
