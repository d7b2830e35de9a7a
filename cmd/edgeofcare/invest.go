package main

import (
	"cmp"
	"errors"
	"fmt"
	"strings"

	"github.com/edgeofcare/edgeofcare/finance"
	"github.com/edgeofcare/edgeofcare/montecarlo"
	"github.com/edgeofcare/edgeofcare/report"
	"github.com/edgeofcare/edgeofcare/scenario"
)

// investCommand lays cases out for those who put up the capital.
type investCommand struct {
	programmeFlags
	manyCases
	simulationFlags
	conditionedFlag
	outputFlags
	drawsFlags
	Until  *howExact `help:"Run until the Monte Carlo error (one standard error) of the mean receipts and capital requirement is at most a share of the mean or an amount, as in 1% or £10,000. -n is then the most replications; default: 100,000, or what fits into memory." placeholder:"1%"`
	Detail bool      `help:"Show the cash of every case by financial year, line by line. One case alone always shows it."`
}

// Help is shown by edgeofcare invest --help.
func (investCommand) Help() string {
	return `How much capital is needed and when, how likely it is that more is needed, and what
comes back: the money multiple and the internal rate of return, for all investors
together and for each.

` + versionsHelp + `

Four structures of capital can take the place of the programme's investors, sized to
what these commit: senior and junior loans, first-loss grant, revolving facility,
provider at risk. Their rates are illustrative. docs/capital-structures.md says how
to write one's own.

Examples:
  edgeofcare invest dn2
  edgeofcare invest dn2 --cases medium
  edgeofcare invest dn2 --cases "medium,medium + flat tariffs"
  edgeofcare invest dn2 --with "delivery cost 20% higher"
  edgeofcare invest dn2 --set "delivery.scale=1.1" --detail
  edgeofcare invest dn2 --with "senior and junior loans"
  edgeofcare invest dn2 --until 1%
  edgeofcare invest dn2 -o dn2.csv
  edgeofcare invest dn2 --draws dn2.csv --draws-of "internal rate of return"

` + investColumns
}

// investColumns says what stands in the rows of --format csv.
const investColumns = `--format csv writes one long table with one figure in a row. Its columns:
  programme, case
  section    what kind of row it is: see below
  period     a financial year (2023/24), a day, or nothing for the whole
  level      which rows may be added up, rows of one level and never of two:
             line by year or by day (all lines are the change in cash), total
             by year, total, investor; balance by year or by day never adds up
  line       the line of cash, or the measure
  of         the investor, payer or council whose figure it is, if any
  statistic  central, mean, P95, probability and so on
  value      the figure
  unit       GBP, probability (a share of 1), rate a year (0.08 is 8%),
             ratio, days
  replications, seed, price_base

Sections:
  cash by year, cash by day
      Cash of the central projection to the penny, seen from the programme:
      in is +, out is -. No row is a sum of others.
  balance by year, balance by day
      Cash at the start and at the end, between which the rows of cash make
      the difference; and receipts less costs added up from the first day,
      without any capital.
  sum by year
      All receipts, costs of delivery, money from investors and money to
      investors: sums of rows of cash by year.
  figure by year
      Means and quantiles, over the replications, of receipts, costs, money
      drawn, found and paid back in a year, all above 0, and of its balances.
  figure
      Totals, returns and probabilities over the replications; with --until
      best estimates of two means.
  figure by day
      Receipts less costs added up, over the replications.

P95 low and P95 high are the bounds of a quantile with about 95% confidence; mean beyond
P95 is the mean of the replications beyond it. There is no value where no capital is
needed (returns), where it never comes (times), or where there is none.`

// investQuantiles are those that report.Invest shows.
var investQuantiles = []float64{0.01, 0.05, 0.10, 0.50, 0.90, 0.95, 0.99}

// Run runs the cases and prints what they say to investors.
func (c *investCommand) Run(to *streams) error {
	if err := c.checkDraws(); err != nil {
		return err
	}
	if c.Detail && !c.forPeople() {
		return refuse("--format "+string(c.Format), map[string]bool{"--detail": true})
	}
	d, err := c.Prices.open(to, c.Programme)
	if err != nil {
		return err
	}
	versions, err := c.versions(d, c.Cases)
	if err != nil {
		return err
	}
	c.about(versions...)
	if c.Detail && len(versions) == 1 {
		return misused("one case always shows its cash line by line: leave --detail out")
	}
	for _, v := range versions {
		if err := needDelivery(v); err != nil {
			return err
		}
	}
	if err := cmp.Or(c.checkRates(versions...), c.checkHeld(c.FixedRates, versions...)); err != nil {
		return err
	}
	if err := c.Until.inCurrency(versions[0].Programme); err != nil {
		return err
	}
	file, err := c.startDraws(to)
	if err != nil {
		return err
	}
	o := c.drawn(c.Until.until(c.hold(c.options(to), versions...), montecarlo.Receipts, montecarlo.CapitalRequirement))
	o.Quantiles = investQuantiles
	o.TotalsOnly = c.forPeople()
	comparison, err := montecarlo.Compare(to.ctx, versions, "", o)
	if err != nil {
		return err
	}
	if err := c.writeDraws(to, file, comparison.Results...); err != nil {
		return err
	}
	tables, err := report.Invest(comparison, c.Detail)
	if err != nil {
		return err
	}
	return c.write(to, comparison, tables...)
}

// needDelivery is an error that helps if a programme states no delivery terms.
func needDelivery(v *scenario.Version) error {
	if v.Programme.Delivery != nil {
		return nil
	}
	return helpWithDelivery(fmt.Errorf("%s: %w", v.Programme.Name, finance.ErrNoDelivery))
}

// helpWithDelivery says where delivery terms are to be found, if that is what an
// error is about.
func helpWithDelivery(err error) error {
	if !errors.Is(err, finance.ErrNoDelivery) {
		return err
	}
	var have []string
	for _, info := range scenario.List() {
		d, err := scenario.Open(info.Name)
		if err != nil {
			continue
		}
		if v, err := d.Version(""); err == nil && v.Programme.Delivery != nil {
			have = append(have, info.Name)
		}
	}
	return fmt.Errorf("%w. edgeofcare init writes a file that shows how; in the library these have them: %s", err, strings.Join(have, ", "))
}
