package main

import (
	"errors"
	"fmt"
	"strings"

	"github.com/edgeofcare/edgeofcare/finance"
	"github.com/edgeofcare/edgeofcare/model"
	"github.com/edgeofcare/edgeofcare/montecarlo"
	"github.com/edgeofcare/edgeofcare/report"
	"github.com/edgeofcare/edgeofcare/scenario"
)

// investCommand lays cases out for those who put up the capital.
type investCommand struct {
	source
	simulation
	Cases  []string `help:"Cases to lay side by side; the file says which unless told otherwise. A case may be followed by variants or stresses, as in 'medium + flat tariffs'." placeholder:"CASE"`
	Detail bool     `help:"Add the cash of every case by financial year, line by line."`
}

// Help is shown by edgeofcare invest --help.
func (investCommand) Help() string {
	return `How much capital, when, how likely is more, what comes back: the capital requirement,
the facility, and for all investors together and for each the money multiple and the
internal rate of return.

Examples:
  edgeofcare invest dn2
  edgeofcare invest dn2 --cases medium
  edgeofcare invest dn2 --cases "medium,medium + Life Chances Fund ends September 2024"
  edgeofcare invest dn2 --with "delivery cost 20% higher"
  edgeofcare invest dn2 --set "delivery.scale=1.1" --detail
  edgeofcare invest dn2 --format csv > dn2.csv

Columns of --format csv, one long table with one figure a row:
  programme, case
  section    what kind of row it is, see below
  period     a financial year such as 2023/24, a day, or nothing for the whole
  line       the line of cash, or the measure
  of         the investor, fund or council it is of, if it is one's
  statistic  central, mean, P95, probability and so on
  value      the figure
  unit       GBP, probability (a share of 1), rate a year (0.08 is 8%), ratio, days
  replications, seed, price_base

Sections:
  cash by year, cash by day        Cash of the central projection to the penny, seen from the
                                   programme: in is +, out is -. No row is a sum of others.
  balance by year, balance by day  Cash at the start and at the end: the rows of cash of a year
                                   or day add up to the difference. And receipts less costs
                                   added up from the first day, without any capital.
  sum by year                      All receipts, costs of delivery, money from investors and
                                   money to investors, each the sum of rows of cash by year.
  figure                           Totals, returns and probabilities over the replications.
  figure by day                    Receipts less costs added up, over the replications.
P95 low and P95 high bound a quantile with about 95% confidence; mean beyond P95 is the mean of
the replications beyond it. No value: no capital is needed (returns), it never comes (times), or there is none.`
}

// Run runs the cases and prints what they say to investors.
func (c *investCommand) Run(to *streams) error {
	d, err := c.open()
	if err != nil {
		return err
	}
	names := c.Cases
	if len(names) == 0 {
		names = d.Compare()
	}
	var cases []*model.Programme
	for _, name := range names {
		p, err := c.combined(d, name, c.Format)
		if err != nil {
			return err
		}
		if err := needDelivery(p); err != nil {
			return err
		}
		cases = append(cases, p)
	}
	o := c.options(to)
	o.Quantiles = []float64{0.01, 0.05, 0.10, 0.50, 0.90, 0.95, 0.99}
	o.TotalsOnly = c.Format == report.Terminal || c.Format == report.Markdown
	comparison, err := montecarlo.Compare(to.ctx, cases, "", o)
	if err != nil {
		return err
	}
	return c.write(to, comparison, cases)
}

// write writes the results in the format that was asked for.
func (c *investCommand) write(to *streams, comparison *montecarlo.Comparison, cases []*model.Programme) error {
	switch c.Format {
	case report.JSON:
		accounts := map[string]*finance.Account{}
		for _, r := range comparison.Results {
			accounts[r.Case] = r.Account()
		}
		return writeJSON(to, struct {
			*montecarlo.Comparison
			// Accounts are the central projection day by day, in pence.
			Accounts map[string]*finance.Account `json:"accounts_in_pence"`
		}{comparison, accounts})
	}
	tables, err := report.Invest(comparison, cases, c.Detail)
	if err != nil {
		return err
	}
	return report.Write(to.out, c.Format, report.Options{}, tables...)
}

// needDelivery is an error that helps if a programme states no delivery terms.
func needDelivery(p *model.Programme) error {
	if p.Delivery != nil {
		return nil
	}
	return helpWithDelivery(fmt.Errorf("%s: %w", p.Name, finance.ErrNoDelivery))
}

// helpWithDelivery says where delivery terms are to be found, if that is what an
// error is about.
func helpWithDelivery(err error) error {
	if !errors.Is(err, finance.ErrNoDelivery) {
		return err
	}
	var have []string
	for _, name := range scenario.Names() {
		d, err := scenario.Open(name)
		if err != nil {
			continue
		}
		if p, err := d.Programme(""); err == nil && p.Delivery != nil {
			have = append(have, name)
		}
	}
	return fmt.Errorf("%w. edgeofcare init writes a file that shows how; in the library these have them: %s", err, strings.Join(have, ", "))
}
