package main

import (
	"fmt"
	"slices"
	"strings"

	"github.com/edgeofcare/edgeofcare/model"
	"github.com/edgeofcare/edgeofcare/montecarlo"
	"github.com/edgeofcare/edgeofcare/report"
	"github.com/edgeofcare/edgeofcare/scenario"
)

// benchmarkCommand lays programmes side by side.
type benchmarkCommand struct {
	Programmes []string      `arg:"" optional:"" help:"Names in the library or YAML files; the programmes of the Life Chances Fund unless told otherwise."`
	Format     report.Format `short:"f" help:"table, csv or markdown." enum:"table,csv,markdown" default:"table"`
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
	var programmes []*model.Programme
	for _, name := range names {
		d, err := openDocument(name)
		if err != nil {
			return err
		}
		p, err := d.Programme("")
		if err != nil {
			return err
		}
		programmes = append(programmes, p)
	}
	tables, err := report.Benchmark(programmes)
	if err != nil {
		return err
	}
	return report.Write(to.out, c.Format, report.Options{}, tables...)
}

// bidsCommand lays offers side by side.
type bidsCommand struct {
	Offers       []string      `arg:"" help:"Two or more offers: a name in the library or a YAML file, each followed by variants if wanted, as in 'dn2 + flat tariffs'."`
	Cases        []string      `help:"Cases to run every offer in; the first offer's file says which unless told otherwise." placeholder:"CASE"`
	Replications int           `short:"n" help:"Replications of each case." default:"10000"`
	Seed         uint64        `help:"The only source of randomness: the same seed gives the same figures." default:"1"`
	Format       report.Format `short:"f" help:"table, csv or markdown." enum:"table,csv,markdown" default:"table"`
}

// Help is shown by edgeofcare bids --help.
func (bidsCommand) Help() string {
	return `Examples:
  edgeofcare bids dn2 "dn2 + steep tariffs"
  edgeofcare bids offer-a.yaml offer-b.yaml --cases low,medium`
}

// Run runs every offer in every case and prints them as a committee compares
// them.
func (c *bidsCommand) Run(to *streams) error {
	if len(c.Offers) < 2 {
		return fmt.Errorf("bids compares two offers or more: name another, as in edgeofcare bids dn2 'dn2 + flat tariffs'")
	}
	var offers []report.Offer
	for _, name := range c.Offers {
		offer, err := c.offer(to, name)
		if err != nil {
			return err
		}
		offers = append(offers, offer)
	}
	tables, err := report.Bids(offers)
	if err != nil {
		return err
	}
	return report.Write(to.out, c.Format, report.Options{}, tables...)
}

// offer runs one offer in every case.
func (c *bidsCommand) offer(to *streams, name string) (report.Offer, error) {
	parts := strings.Split(name, " + ")
	d, err := openDocument(parts[0])
	if err != nil {
		return report.Offer{}, err
	}
	if len(c.Cases) == 0 {
		c.Cases = d.Compare()
	}
	var cases []*model.Programme
	for _, caseName := range c.Cases {
		p, err := withVariants(d, caseName, parts[1:])
		if err != nil {
			return report.Offer{}, fmt.Errorf("offer %q: %w", name, err)
		}
		cases = append(cases, p)
	}
	o := montecarlo.Options{Seed: c.Seed, Replications: c.Replications, TotalsOnly: true}
	if to.terminal {
		o.Progress = progressTo(to)
	}
	comparison, err := montecarlo.Compare(to.ctx, cases, "", o)
	if err != nil {
		return report.Offer{}, err
	}
	return report.Offer{Name: name, Programme: cases[0], Cases: comparison}, nil
}

// withVariants is a case with variants on top, still called by the case's name.
func withVariants(d *scenario.Document, caseName string, variants []string) (*model.Programme, error) {
	var edits []scenario.Edit
	for _, variant := range variants {
		more, err := d.Variant(variant)
		if err != nil {
			return nil, err
		}
		edits = slices.Concat(edits, more)
	}
	p, err := d.Programme(caseName, edits...)
	if err != nil {
		return nil, err
	}
	p.Case = caseName
	return p, nil
}
