package main

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/edgeofcare/edgeofcare/model"
	"github.com/edgeofcare/edgeofcare/montecarlo"
	"github.com/edgeofcare/edgeofcare/portfolio"
	"github.com/edgeofcare/edgeofcare/report"
	"github.com/edgeofcare/edgeofcare/scenario"
)

// portfolioCommand puts several programmes into one fund.
type portfolioCommand struct {
	Programmes []string `arg:"" help:"Two or more programmes: a name in the library or a YAML file, which variants, stresses and edits may follow, as in 'dn2 + flat tariffs'; a name of its own may stand before an equals sign, as in 'late=dn2 + start seven months late'."`
	onTop
	Case      string       `help:"The case of every programme. Default: medium, or else the middle one of those that each file compares." placeholder:"CASE"`
	Pool      bool         `help:"Put the programmes into one fund: receipts of one pay costs of another. Without it they are shown apart."`
	Fund      string       `help:"The file of the fund's terms: who commits what, who is repaid first, what is shared. Means --pool. Default: one investor without a limit." placeholder:"FILE"`
	Share     []string     `help:"An uncertain input that is the same chance for all programmes that have it, by its path, in which a star stands for any name, as in 'unit costs.*'; may be repeated." placeholder:"PATH" sep:"none"`
	Referrals *correlation `help:"The correlation of the programmes' numbers of children referred, from 0% to 100%. Default: none." placeholder:"30%"`
	simulationFlags
	outputFlags
}

// Help is shown by edgeofcare portfolio --help.
func (portfolioCommand) Help() string {
	return `How much capital several programmes need apart and together, who carries whom, and
what the fund's investors get back. The fund's terms are a file such as

    fund: Children's Outcomes Fund
    facility:                      # as in a programme file
      investors:
        Foundation: {commitment: 300000, rank: 2, grant: yes}
        Lender: {commitment: 900000, interest: 6%, interest paid: rolled up}
      draw order: first loss first
    shared: [unit costs.*]         # both may be left out
    correlation of referrals: 30%

Nothing is common to the programmes but what is named: children's lives never are.

` + versionsHelp + `

Examples:
  edgeofcare portfolio dn2 "late=dn2 + start seven months late" --pool
  edgeofcare portfolio dn2 mine.yaml --share "unit costs.*" --referrals 30%
  edgeofcare portfolio dn2 mine.yaml --fund fund.yaml
  edgeofcare portfolio dn2 mine.yaml --pool -o portfolio.csv`
}

// Run runs every programme and prints what they need and return.
func (c *portfolioCommand) Run(to *streams) error {
	if len(c.Programmes) < 2 {
		return misused("a portfolio has two programmes or more: name another, as in edgeofcare portfolio dn2 'late=dn2 + start seven months late'")
	}
	var members []portfolio.Member
	for _, text := range c.Programmes {
		m, err := c.member(to, text)
		if err != nil {
			return err
		}
		members = append(members, m)
		c.about(m.Version)
	}
	var versions []*scenario.Version
	for _, m := range members {
		versions = append(versions, m.Version)
	}
	if err := c.checkRates(versions...); err != nil {
		return err
	}
	o := portfolio.Options{Options: c.options(to)}
	o.Quantiles = []float64{0.05, 0.50, 0.90, 0.95}
	for _, path := range c.Share {
		o.Shared = append(o.Shared, model.Path(path))
	}
	if c.Referrals != nil {
		o.Referrals = float64(*c.Referrals)
	}
	name, facility, err := c.fund(members[0].Version.Programme, &o)
	if err != nil {
		return err
	}
	if err := canBeCommon(members, o); err != nil {
		return err
	}
	result, err := portfolio.Run(to.ctx, members, facility, o)
	if err != nil {
		return err
	}
	tables, err := report.Portfolio(result, name, c.Pool || c.Fund != "")
	if err != nil {
		return err
	}
	return c.write(to, result, tables...)
}

// canBeCommon refuses flags that would do nothing: what no two programmes have as
// uncertain cannot be shared, nor can numbers of referrals that are certain go together.
func canBeCommon(members []portfolio.Member, o portfolio.Options) error {
	shareable := portfolio.Shareable(members)
	for _, pattern := range o.Shared {
		if !slices.ContainsFunc(shareable, func(path model.Path) bool { _, ok := path.Under(string(pattern)); return ok }) {
			return misused("--share %s (or shared in the file of the fund): it is not uncertain in two of the programmes, so there is nothing to share", pattern)
		}
	}
	uncertain := 0
	for _, m := range members {
		if slices.ContainsFunc(m.Version.Programme.Uncertain, montecarlo.OfReferrals) {
			uncertain++
		}
	}
	if o.Referrals > 0 && uncertain < 2 {
		return misused("--referrals: the number of children referred is not uncertain in two of the programmes, so there is nothing to correlate")
	}
	return nil
}

// member reads a programme of the portfolio, with its name.
func (c *portfolioCommand) member(to *streams, text string) (portfolio.Member, error) {
	name, rest, named := strings.Cut(text, "=")
	if named = named && !strings.ContainsAny(name, "{+"); named {
		text = strings.TrimSpace(rest)
	}
	file, onTop, err := scenario.SplitFirst(text)
	if err != nil {
		return portfolio.Member{}, err
	}
	m := portfolio.Member{Name: strings.TrimSpace(name)}
	if !named { // wherever the file is
		m.Name = strings.TrimSuffix(filepath.Base(file), ".yaml") + strings.TrimPrefix(text, file)
	}
	d, err := c.Prices.open(to, file)
	if err != nil {
		return m, err
	}
	version := c.Case
	if version == "" {
		version = middle(d)
	}
	if onTop != "" {
		version += " + " + onTop
	}
	if m.Version, err = c.version(d, version); err != nil {
		return m, fmt.Errorf("%s: %w", m.Name, err)
	}
	return m, needDelivery(m.Version)
}

// fund reads the terms of the fund, and adds what its file says is common.
func (c *portfolioCommand) fund(first *model.Programme, o *portfolio.Options) (name string, facility *model.Facility, err error) {
	if c.Fund == "" {
		return "Portfolio", nil, nil
	}
	file, err := os.Open(c.Fund)
	if err != nil {
		return "", nil, err
	}
	defer file.Close()
	terms, err := scenario.ReadFund(c.Fund, file, first)
	if err != nil {
		return "", nil, err
	}
	if c.Referrals != nil && terms.Referrals != 0 {
		return "", nil, misused("the file of the fund has a correlation of referrals too: give one of the two")
	}
	o.Shared = append(o.Shared, terms.Shared...)
	o.Referrals = max(o.Referrals, terms.Referrals)
	return terms.Name, terms.Facility, nil
}
