package main

import (
	"fmt"

	"github.com/edgeofcare/edgeofcare/model/contract"
	"github.com/edgeofcare/edgeofcare/montecarlo"
	"github.com/edgeofcare/edgeofcare/report"
	"github.com/edgeofcare/edgeofcare/scenario"
)

// bidsCommand lays offers side by side.
type bidsCommand struct {
	Offers []string `arg:"" help:"Two or more offers: a name in the library or a YAML file, which variants, stresses and edits may follow, as in 'dn2 + flat tariffs'."`
	onTop
	Cases string `help:"The cases to run every offer in, separated by commas; variants, stresses and edits may follow each. Default: those that the first offer's file compares." placeholder:"CASE,..."`
	simulationFlags
	outputFlags
}

// Help is shown by edgeofcare bids --help.
func (bidsCommand) Help() string {
	return versionsHelp + `

Examples:
  edgeofcare bids dn2 "dn2 + steep tariffs"
  edgeofcare bids dn2 "dn2 + referrals down 20%"
  edgeofcare bids offer-a.yaml offer-b.yaml --cases low,medium`
}

// Run runs every offer in every case and prints them as a committee compares
// them.
func (c *bidsCommand) Run(to *streams) error {
	if len(c.Offers) < 2 {
		return misused("bids compares two offers or more: name another, as in edgeofcare bids dn2 'dn2 + flat tariffs'")
	}
	var cases []string
	if c.Cases != "" {
		var err error
		if cases, err = scenario.SplitVersions(c.Cases); err != nil {
			return err
		}
	}
	var offers []offered
	var versions []*scenario.Version
	for _, name := range c.Offers {
		offer, err := c.offered(to, name, cases)
		if err != nil {
			return err
		}
		cases, offers, versions = offer.cases, append(offers, offer), append(versions, offer.versions...)
	}
	if err := c.checkRates(versions...); err != nil {
		return err
	}
	var ran []report.Offer
	for _, offer := range offers {
		one, err := c.run(to, offer)
		if err != nil {
			return fmt.Errorf("offer %q: %w", offer.name, err)
		}
		ran = append(ran, one)
	}
	tables, err := report.Bids(ran)
	if err != nil {
		return err
	}
	return c.write(to, nil, tables...)
}

// offered is an offer in every case, before it is run.
type offered struct {
	name     string
	cases    []string
	versions []*scenario.Version
}

// offered reads an offer in some cases; in those that its file compares if there are
// none yet.
func (c *bidsCommand) offered(to *streams, name string, cases []string) (offered, error) {
	offer := offered{name: name, cases: cases}
	first, onOffer, err := scenario.SplitFirst(name)
	if err != nil {
		return offer, err
	}
	d, err := c.Prices.open(to, first)
	if err != nil {
		return offer, err
	}
	if offer.cases == nil {
		offer.cases = d.Compare()
	}
	if len(offer.cases) == 0 {
		offer.cases = []string{""} // the file as it stands
	}
	for _, text := range offer.cases {
		if onOffer != "" {
			text += " + " + onOffer
		}
		v, err := c.version(d, text)
		if err != nil {
			return offer, fmt.Errorf("offer %q: %w", name, err)
		}
		offer.versions = append(offer.versions, v)
	}
	return offer, nil
}

// run runs an offer in every case.
func (c *bidsCommand) run(to *streams, from offered) (report.Offer, error) {
	offer := report.Offer{Name: from.name, Cases: from.cases}
	for _, v := range from.versions {
		c.about(v)
		o := c.options(to)
		o.TotalsOnly = true
		o.Unconditioned = true // an offer is another contract than that of which payments are known
		result, err := montecarlo.Run(to.ctx, v, o)
		if err != nil {
			return offer, err
		}
		offer.Results = append(offer.Results, result)
	}
	return offer, nil
}

// benchmarkCommand lays programmes side by side.
type benchmarkCommand struct {
	Programmes []string `arg:"" optional:"" help:"Names in the library or YAML files, which variants, stresses and edits may follow. Default: the programmes of the Life Chances Fund."`
	onTop
	outputFlags
}

// Help is shown by edgeofcare benchmark --help.
func (benchmarkCommand) Help() string {
	return `Each programme is shown in the first case of its file, in the central projection.

` + versionsHelp + `

Examples:
  edgeofcare benchmark
  edgeofcare benchmark dn2 norfolk
  edgeofcare benchmark dn2 "dn2 + flat tariffs" mine.yaml`
}

// lifeChancesFund are the children's social care programmes of the fund.
func lifeChancesFund() []string {
	return []string{"dn2", "staffordshire-ifss", "cheshire-west", "suffolk", "norfolk", "lancashire", "pyramid"}
}

// Run prints what is published and what is modelled, apart.
func (c *benchmarkCommand) Run(to *streams) error {
	names := c.Programmes
	if len(names) == 0 {
		names = lifeChancesFund()
	}
	var projections []*montecarlo.Projection
	for _, name := range names {
		p, err := c.project(to, name)
		if err != nil {
			return err
		}
		projections = append(projections, p)
	}
	return c.write(to, nil, report.Benchmark(projections...)...)
}

// project works out the central projection of a programme's first case.
func (c *benchmarkCommand) project(to *streams, name string) (*montecarlo.Projection, error) {
	first, onTop, err := scenario.SplitFirst(name)
	if err != nil {
		return nil, err
	}
	d, err := openDocument(to, first)
	if err != nil {
		return nil, err
	}
	if onTop != "" {
		onTop = " + " + onTop
	}
	v, err := c.version(d, onTop)
	if err != nil {
		return nil, err
	}
	c.about(v)
	return montecarlo.Central(v, contract.Constant)
}
