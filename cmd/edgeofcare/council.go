package main

import (
	"github.com/shopspring/decimal"

	"github.com/edgeofcare/edgeofcare/model/contract"
	"github.com/edgeofcare/edgeofcare/montecarlo"
	"github.com/edgeofcare/edgeofcare/report"
	"github.com/edgeofcare/edgeofcare/scenario"
)

// councilFlag asks for the page of one council.
type councilFlag struct {
	Council string `help:"Show one council's page in place of all figures: what it pays, the care it avoids and what is left to it, by financial year, in cash where the file states inflation." placeholder:"NAME"`
}

// checkCouncil refuses a council that a version does not have, before anything is run.
func (f *councilFlag) checkCouncil(versions ...*scenario.Version) error {
	for _, v := range versions {
		unknown := &scenario.NameError{What: "council", Name: f.Council}
		for _, c := range v.Programme.Commissioners {
			if unknown.Valid = append(unknown.Valid, c.Name); c.Name == f.Council {
				unknown = nil
				break
			}
		}
		if unknown != nil && f.Council != "" {
			return unknown
		}
	}
	return nil
}

// pageToRead refuses a council's page in a form that is not read by people, where every
// figure of the council stands without it.
func (f *councilFlag) pageToRead(format report.Format) error {
	if f.Council == "" {
		return nil
	}
	return misused("--council prints a page to read, and --format %s has every figure of every council: leave out --council, and take what is of %q from it", format, f.Council)
}

// budgetPrices are those of a council's page: cash, as budgets are, where the file
// states inflation and no prices were asked for.
func (f *simulationFlags) budgetPrices(versions ...*scenario.Version) {
	for _, v := range versions {
		if v.Programme.Inflation == 0 {
			return
		}
	}
	if !f.Prices.said {
		f.Prices.kind = contract.Cash
	}
}

// page is the council's page, with how likely it is to save more than amounts.
func (f *councilFlag) page(amounts []decimal.Decimal, results ...*montecarlo.Result) ([]report.Table, error) {
	return report.Council(f.Council, amounts, results...)
}
