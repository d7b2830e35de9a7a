package main

import (
	"github.com/edgeofcare/edgeofcare/montecarlo"
	"github.com/edgeofcare/edgeofcare/report"
)

// compareCommand compares versions of one programme.
type compareCommand struct {
	programmeFlags
	manyCases
	simulationFlags
	outputFlags
	Against string `help:"The version that differences are taken from, written as in --cases. Default: the first." placeholder:"CASE"`
}

// Help is shown by edgeofcare compare --help.
func (compareCommand) Help() string {
	return versionsHelp + `

Examples:
  edgeofcare compare dn2
  edgeofcare compare dn2 --cases base,medium --against base
  edgeofcare compare dn2 --cases "medium,medium + referrals down 20%"
  edgeofcare compare dn2 --cases "medium,medium + {contract cap*=0.9}"
  edgeofcare compare dn2 --with "flat tariffs" --format markdown

` + levelsHelp
}

// Run compares the versions and prints them side by side.
func (c *compareCommand) Run(to *streams) error {
	d, err := c.Prices.open(to, c.Programme)
	if err != nil {
		return err
	}
	versions, err := c.versions(d, c.Cases)
	if err != nil {
		return err
	}
	c.about(versions...)
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
	if err := c.checkRates(versions...); err != nil {
		return err
	}
	o := c.options(to)
	o.TotalsOnly = c.forPeople()
	comparison, err := montecarlo.Compare(to.ctx, versions, against, o)
	if err != nil {
		return err
	}
	return c.write(to, comparison, report.Compare(comparison)...)
}
