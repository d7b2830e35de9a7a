package main

import (
	"cmp"
	"slices"
	"strings"

	"github.com/shopspring/decimal"

	"github.com/edgeofcare/edgeofcare/internal/fitted"
	"github.com/edgeofcare/edgeofcare/model"
	"github.com/edgeofcare/edgeofcare/montecarlo"
	"github.com/edgeofcare/edgeofcare/report"
	"github.com/edgeofcare/edgeofcare/scenario"
)

// compareCommand compares versions of one programme.
type compareCommand struct {
	programmeFlags
	manyCases
	simulationFlags
	conditionedFlag
	untilFlag
	outputFlags
	councilFlag
	drawsFlags
	Against       string   `help:"The version that differences are taken from, written as in --cases; with --detail, csv or json. Default: the first." placeholder:"CASE"`
	Detail        bool     `help:"Show every figure of the cases side by side, their differences, checks, warnings and cautions. Default: one screen."`
	SavesMoreThan []pounds `help:"Show how likely it is to save more than an amount, all together and each council or, with --council, that one; may be repeated. Default: £0 and two round amounts, of one case and all councils together." placeholder:"£" sep:"none"`
}

// Help is shown by edgeofcare compare --help.
func (compareCommand) Help() string {
	return versionsHelp + `

Without --detail one screen has what members and finance officers ask first: the case
that was fitted to payments, if the file has one, then the cases that it compares. CSV and
JSON have every figure of the same cases.

Examples:
  edgeofcare compare dn2
  edgeofcare compare dn2 --detail
  edgeofcare compare dn2 --saves-more-than £1m --saves-more-than £250,000
  edgeofcare compare dn2 --council Derby --prices "cash at 2%"
  edgeofcare compare dn2 --council Derby --saves-more-than £500k
  edgeofcare compare dn2 --until £50,000
  edgeofcare compare dn2 --draws draws.csv.gz
  edgeofcare compare dn2 --cases base,medium --detail --against base
  edgeofcare compare dn2 --cases "medium,medium + referrals down 20%"
  edgeofcare compare dn2 --cases "medium,medium + {contract cap*=0.9}"
  edgeofcare compare dn2 --with "flat tariffs" --format markdown

` + levelsHelp
}

// Run compares the versions and prints them side by side.
func (c *compareCommand) Run(to *streams) error {
	if err := c.check(); err != nil {
		return err
	}
	d, err := c.Prices.open(to, c.Programme)
	if err != nil {
		return err
	}
	versions, err := c.versions(d, c.shown(d))
	if err != nil {
		return err
	}
	against := c.Against
	if against != "" && len(versions) == 1 {
		return misused("--against is for two cases or more: name another in --cases, or leave it out")
	}
	if against != "" {
		v, err := c.version(d, against)
		if err != nil {
			return err
		}
		against = v.Name()
	}
	if err := cmp.Or(c.checkRates(versions...), c.checkHeld(c.FixedRates, versions...)); err != nil {
		return err
	}
	if err := c.checkCouncil(versions...); err != nil {
		return err
	}
	if !c.onScreen() {
		c.about(versions...)
	}
	if c.Council != "" {
		c.budgetPrices(versions...)
	}
	if err := c.inCurrency(versions[0].Programme); err != nil {
		return err
	}
	file, err := c.startDraws(to)
	if err != nil {
		return err
	}
	o := c.drawn(c.Until.until(c.hold(c.options(to), versions...)))
	o.TotalsOnly = c.forPeople() && c.Council == ""
	comparison, err := montecarlo.Compare(to.ctx, versions, against, o)
	if err != nil {
		return err
	}
	if err := c.writeDraws(to, file, comparison.Results...); err != nil {
		return err
	}
	tables, err := c.tables(to, comparison)
	if err != nil {
		return err
	}
	return c.write(to, comparison, tables...)
}

// onScreen reports whether the first screen is to be printed, or a council's page,
// which begins alike.
func (c *compareCommand) onScreen() bool { return c.forPeople() && !c.Detail }

// inCurrency refuses amounts in another currency than the programme's.
func (c *compareCommand) inCurrency(p *model.Programme) error {
	for _, amount := range c.SavesMoreThan {
		if err := inCurrency(p, amount.currency); err != nil {
			return err
		}
	}
	return c.Until.inCurrency(p)
}

// check refuses flags that would do nothing.
func (c *compareCommand) check() error {
	if err := c.checkDraws(); err != nil {
		return err
	}
	if !c.forPeople() {
		if err := refuse("--format "+string(c.Format), map[string]bool{"--detail": c.Detail, "--saves-more-than": len(c.SavesMoreThan) > 0}); err != nil {
			return err
		}
		return c.pageToRead(c.Format)
	}
	if c.Council != "" {
		if err := refuse("--council", map[string]bool{"--detail": c.Detail, "--against": c.Against != "", "--until": c.Until != nil}); err != nil {
			return err
		}
	}
	if c.Against != "" && !c.Detail {
		return misused("the screen has no differences, which --against is for: add --detail, or leave --against out")
	}
	if c.Detail && len(c.SavesMoreThan) > 0 {
		return misused("--saves-more-than is for the screen: leave --detail out")
	}
	return nil
}

// shown are the versions to set side by side, as --cases has them, or the same in every
// form: the case that was fitted to payments first.
func (c *compareCommand) shown(d *scenario.Document) string {
	if c.Cases != "" {
		return c.Cases
	}
	return fittedFirst(d)
}

// fittedFirst are the cases that a file compares after the one that was fitted to payments,
// if there is one, as --cases has them.
func fittedFirst(d *scenario.Document) string {
	base := fitted.Case(d)
	if base == "" {
		return ""
	}
	others := slices.DeleteFunc(slices.Clone(d.Compare()), func(name string) bool { return name == base })
	return strings.Join(append([]string{base}, others...), ",")
}

// tables are the screen, or every figure.
func (c *compareCommand) tables(to *streams, comparison *montecarlo.Comparison) ([]report.Table, error) {
	if !c.onScreen() {
		return report.Compare(comparison), nil
	}
	var amounts []decimal.Decimal
	for _, a := range c.SavesMoreThan {
		amounts = append(amounts, a.Decimal)
	}
	if c.Council != "" {
		return c.page(amounts, comparison.Results...)
	}
	return report.FirstScreen(to.ctx, comparison, amounts...)
}
