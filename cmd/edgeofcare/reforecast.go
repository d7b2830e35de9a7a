package main

import (
	"cmp"
	"fmt"
	"io"
	"maps"
	"os"
	"slices"
	"strconv"

	"github.com/edgeofcare/edgeofcare/calibrate"
	"github.com/edgeofcare/edgeofcare/calibrate/claims"
	"github.com/edgeofcare/edgeofcare/calibrate/indigo"
	"github.com/edgeofcare/edgeofcare/internal/words"
	"github.com/edgeofcare/edgeofcare/model"
	"github.com/edgeofcare/edgeofcare/model/calendar"
	"github.com/edgeofcare/edgeofcare/plot"
	"github.com/edgeofcare/edgeofcare/report"
)

// reforecastCommand forecasts a programme from a day on.
type reforecastCommand struct {
	programmeFlags
	oneCase
	AsOf     calendar.Date `help:"The day from which to forecast: quarters that end on or before it are actual. Default: the end of the last quarter with an actual payment." placeholder:"DATE"`
	Actuals  string        `help:"The CSV file of claims to date, or the folder of an INDIGO export. Default: what the programme file has as published." placeholder:"FILE"`
	Project  string        `help:"The project of an INDIGO export. Default: the one with the programme's name in its own." placeholder:"NAME"`
	Caseload string        `help:"The CSV file of the children in placement or waiting on the day of --as-of, which goes nowhere." placeholder:"FILE"`
	Evidence *weight       `help:"How much payments weigh for the rates, against once for the ranges of the file: 0 leaves rates as the file has them. Default: 1." placeholder:"N"`
	Draws    drawsOfInputs `help:"Draws of the inputs, with two replications under each. Default: 1,000." placeholder:"N"`
	Seed     *seed         `help:"Where random numbers start from: the same seed gives the same figures. Default: 1." placeholder:"N"`
	Workers  workers       `help:"Replications at a time; this changes how long a run takes and no figure. Default: one for each core." placeholder:"N"`
	Chart    string        `help:"The file to draw actual quarters and the fan from today into, ending in .svg, .png or .pdf." placeholder:"FILE"`
	outputFlags
}

// weight is how much payments weigh, at least 0.
type weight float64

// UnmarshalText reads a weight.
func (w *weight) UnmarshalText(text []byte) error {
	x, err := strconv.ParseFloat(string(text), 64)
	if err != nil || !(x >= 0 && x <= 1000) {
		return fmt.Errorf("%q is not a weight: write a number from 0 to 1000, 1 for the default", text)
	}
	*w = weight(x)
	return nil
}

// drawsOfInputs is a number of draws, at least 1.
type drawsOfInputs int

// UnmarshalText reads a whole number of at least 1.
func (d *drawsOfInputs) UnmarshalText(text []byte) error {
	n, err := wholeNumber(text, "draws")
	*d = drawsOfInputs(n)
	return err
}

// Help is shown by edgeofcare reforecast --help.
func (reforecastCommand) Help() string {
	return versionsHelp + `

What was paid for quarters that have ended stands. Rates of referral, start and breakdown
are held to it, and the forecast starts from the children of the day: those of a caseload,
or else such as fit what was paid.

A file of claims has the columns quarter (Q1 2022/23) or week ending (2022-04-10), amount
and, where claims are told apart, metric and council. A caseload has cohort, council, weeks
in placement or, of a child who waits, weeks since referral, and children (1 if left out).

Examples:
  edgeofcare reforecast dn2
  edgeofcare reforecast dn2 --as-of 2022-06-30 --chart fan.svg
  edgeofcare reforecast dn2 --actuals claims.csv
  edgeofcare reforecast dn2 --as-of 2022-06-30 --caseload today.csv
  edgeofcare reforecast dn2 --actuals exports/2025-12 --as-of 2024-06-30
  edgeofcare reforecast dn2 --as-of 2022-06-30 --evidence 0 -f csv`
}

// Run forecasts and prints.
func (c *reforecastCommand) Run(to *streams) error {
	if err := refuse("reforecast without --actuals", map[string]bool{"--project": c.Project != "" && c.Actuals == ""}); err != nil {
		return err
	}
	if c.Caseload != "" && c.AsOf.IsZero() {
		return misused("--caseload without --as-of: a caseload is of one day, and the forecast starts on it; give that day, the last of a quarter, as in --as-of 2022-06-30")
	}
	v, err := c.openOne(to, c.Case, &c.outputFlags)
	if err != nil {
		return err
	}
	o := calibrate.ReforecastOptions{AsOf: c.AsOf, Evidence: (*float64)(c.Evidence), Seed: 1, Draws: int(c.Draws), Workers: int(c.Workers)}
	if c.Seed != nil {
		o.Seed = uint64(*c.Seed)
	}
	if to.terminal {
		o.Progress = progressTo(to)
	}
	if o.Claims, err = c.actuals(to, v.Programme); err != nil {
		return err
	}
	if c.Caseload != "" {
		if o.Caseload, err = readFile(c.Caseload, claims.ReadCaseload); err != nil {
			return err
		}
	}
	chart, err := newChartFile(to, "--chart", c.Chart)
	if err != nil {
		return err
	}
	outlook, err := calibrate.Reforecast(to.ctx, v, o)
	if err != nil {
		return err
	}
	if err := chart.draw(to, func() (*plot.Figure, error) { return plot.Reforecast(outlook) }); err != nil {
		return err
	}
	return c.write(to, outlook, report.Reforecast(outlook)...)
}

// actuals reads claims to date from a file, or actual payments from an INDIGO export.
func (c *reforecastCommand) actuals(to *streams, p *model.Programme) ([]claims.Claim, error) {
	info, err := os.Stat(c.Actuals)
	switch {
	case c.Actuals == "":
		return nil, nil
	case err != nil:
		return nil, misused("--actuals %s cannot be read: name a CSV file of claims, or the folder of an INDIGO export", c.Actuals)
	case !info.IsDir():
		if c.Project != "" {
			return nil, refuse("a file of claims", map[string]bool{"--project": true})
		}
		return readFile(c.Actuals, claims.Read)
	}
	data, err := indigo.Read(os.DirFS(c.Actuals))
	if err != nil {
		return nil, err
	}
	project, ok := data.Project(cmp.Or(c.Project, p.Name))
	if !ok {
		return nil, misused("no project of %s, or more than one, is called %q: name it with --project; edgeofcare indigo %s lists them", c.Actuals, cmp.Or(c.Project, p.Name), c.Actuals)
	}
	all, others := calibrate.FromIndigo(project, p.Currency)
	if len(all) == 0 {
		return nil, fmt.Errorf("the export has no actual payment by quarter of %s: give claims to date", words.Printable(project.ID))
	}
	if bare := slices.DeleteFunc(project.Actual(), func(pay indigo.Payment) bool { return pay.Currency != "" || !pay.Amount.Valid }); len(bare) > 0 {
		fmt.Fprintf(to.err, "The export states no currency for %s, taken to be in %s.\n", words.Plural(len(bare), "actual payment"), words.CurrencyName(cmp.Or(p.Currency, "GBP")))
	}
	if len(others) > 0 {
		fmt.Fprintf(to.err, "%s of the export, for other periods or in another currency, are not used: %s\n", words.Plural(len(others), "payment"), inAll(others))
	}
	return all, nil
}

// readFile reads a file, and names it in every fault.
func readFile[T any](name string, read func(io.Reader) ([]T, error)) ([]T, error) {
	file, err := os.Open(name)
	if err != nil {
		return nil, misused("%s cannot be read: name a CSV file", name)
	}
	defer file.Close()
	all, err := read(file)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	return all, nil
}

// inAll is what payments come to, as far as it is known.
func inAll(payments []indigo.Payment) string {
	sums, err := indigo.Total(payments)
	if err != nil {
		return err.Error()
	}
	var all []string
	for _, code := range slices.Sorted(maps.Keys(sums)) {
		all = append(all, words.Money(code, sums[code]))
	}
	return words.And(all)
}
