package main

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/edgeofcare/edgeofcare/model"
	"github.com/edgeofcare/edgeofcare/report"
	"github.com/edgeofcare/edgeofcare/scenario"
	"github.com/edgeofcare/edgeofcare/sensitivity"
)

// manyRuns is the flags of commands that run a programme many times over.
type manyRuns struct {
	Replications int           `short:"n" help:"Replications of each run." default:"2000"`
	Seed         uint64        `help:"The only source of randomness: the same seed gives the same figures." default:"1"`
	Workers      int           `help:"Replications at a time; 0 is one per core. Never changes a figure." default:"0"`
	Format       report.Format `short:"f" help:"table, json, csv or markdown." enum:"table,json,csv,markdown" default:"table"`
}

// options are those of the runs of one case.
func (m *manyRuns) options(to *streams, caseName string, edits []scenario.Edit) sensitivity.Options {
	o := sensitivity.Options{Case: caseName, Edits: edits}
	o.Run.Seed, o.Run.Replications, o.Run.Workers = m.Seed, m.Replications, m.Workers
	if to.terminal {
		o.Run.Progress = progressTo(to)
	}
	return o
}

// stressCommand puts stresses on a case, or asks how bad things must be.
type stressCommand struct {
	source
	manyRuns
	Case        string            `help:"The case to stress; the middle one of those the file compares unless told otherwise. It may be followed by variants or stresses, as in 'medium + flat tariffs'." placeholder:"CASE"`
	By          sensitivity.Order `help:"What makes one stress worse than another: facility (the larger the one that is enough with 95%), surplus, shortfall (the likelier) or hurdle." default:"facility"`
	Stress      []string          `help:"A stress to put on; may be repeated. All that fit unless told otherwise." placeholder:"NAME" sep:"none"`
	Investor    string            `help:"The investor whose loss and return are shown; all together, with whoever met a shortfall, unless told otherwise." placeholder:"NAME"`
	Reverse     bool              `help:"Ask the other way round: how bad must each thing be, alone, for the facility to run dry or investors to lose money?"`
	Probability proportion        `help:"With --reverse: the probability that is asked about." default:"10%"`
}

// Help is shown by edgeofcare stress --help.
func (stressCommand) Help() string {
	return `Examples:
  edgeofcare stress dn2
  edgeofcare stress dn2 --case low --by surplus
  edgeofcare stress dn2 --stress "referrals down 20%" --stress "all at once"
  edgeofcare stress dn2 --investor Polaris
  edgeofcare stress dn2 --reverse --probability 25%`
}

// Run runs the case under each stress, or searches along each driver.
func (c *stressCommand) Run(to *streams) error {
	d, err := c.open()
	if err != nil {
		return err
	}
	if c.Reverse && len(c.Stress) > 0 {
		return fmt.Errorf("--reverse asks how bad each thing must be, so there is no --stress to put on: leave one of them out")
	}
	chosen, err := c.choose(d, c.Case)
	if err != nil {
		return err
	}
	o := c.options(to, chosen.name, chosen.edits)
	o.Party = c.Investor
	if c.Reverse {
		return c.reverse(to, d, chosen.programme, o)
	}
	stresses, err := sensitivity.Stress(to.ctx, d, c.Stress, o)
	if err != nil {
		return stressNamed(err)
	}
	stresses.Case = chosen.programme.Case
	switch c.Format {
	case report.JSON:
		stresses.Stressed = stresses.WorstFirst(c.By)
		return writeJSON(to, stresses)
	}
	return report.Write(to.out, c.Format, report.Options{}, report.Stresses(stresses, c.By, chosen.programme)...)
}

// stressNamed says how to see which stresses there are, if one was named that
// there is not.
func stressNamed(err error) error {
	var unknown *scenario.NameError
	if errors.As(err, &unknown) && unknown.What == "stress" {
		return fmt.Errorf("%w; edgeofcare stress without --stress shows what each does", err)
	}
	return helpWithDelivery(err)
}

// reverse asks of every driver how bad it must be for either event.
func (c *stressCommand) reverse(to *streams, d *scenario.Document, p *model.Programme, o sensitivity.Options) error {
	var all []*sensitivity.Reversed
	drivers, events := moneyDrivers(d), []sensitivity.Event{sensitivity.FacilityShort, sensitivity.LosesMoney}
	if to.terminal {
		fmt.Fprintf(to.err, "A search along %d drivers for each of %d events: at most %d runs of %d replications, most often far fewer.\n",
			len(drivers), len(events), len(events)*sensitivity.MostRuns(drivers), c.Replications)
	}
	for _, event := range events {
		r, err := sensitivity.Reverse(to.ctx, d, drivers, event, float64(c.Probability), o)
		if err != nil {
			return helpWithDelivery(err)
		}
		r.Case = p.Case
		all = append(all, r)
	}
	switch c.Format {
	case report.JSON:
		return writeJSON(to, all)
	}
	return report.Write(to.out, c.Format, report.Options{}, report.Reversed(all, p)...)
}

// moneyDrivers are the drivers that can move investors' money: what care costs
// cannot.
func moneyDrivers(d *scenario.Document) []sensitivity.Driver {
	return slices.DeleteFunc(sensitivity.Drivers(d), func(driver sensitivity.Driver) bool {
		switch driver.Name {
		case sensitivity.ResidentialCost, sensitivity.ResidentialPrice, sensitivity.FosterCost:
			return true
		}
		return false
	})
}

// chosen is one version of a programme to be run many times.
type chosen struct {
	name      string // of the case
	edits     []scenario.Edit
	programme *model.Programme
}

// choose returns a case followed by variants, with --with and --set on top. It
// must state delivery terms.
func (s *source) choose(d *scenario.Document, name string) (chosen, error) {
	if name == "" {
		name = middle(d)
	}
	parts := strings.Split(name, " + ")
	with := source{With: slices.Concat(parts[1:], s.With), Set: s.Set}
	edits, err := with.edits(d)
	if err != nil {
		return chosen{}, err
	}
	p, err := d.Programme(parts[0], edits...)
	if err != nil {
		return chosen{}, err
	}
	return chosen{parts[0], edits, p}, needDelivery(p)
}

// middle is the case in the middle of those that the file compares: medium, of
// low, medium and high. It is empty if the file has no cases.
func middle(d *scenario.Document) string {
	cases := d.Compare()
	if len(cases) == 0 {
		return ""
	}
	return cases[(len(cases)-1)/2]
}
