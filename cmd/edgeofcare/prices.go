package main

import (
	"fmt"
	"strings"

	"github.com/edgeofcare/edgeofcare/model/contract"
	"github.com/edgeofcare/edgeofcare/scenario"
)

// priceFlags are those of every command that shows amounts of a version.
type priceFlags struct {
	Prices prices `help:"What a pound means: constant, in the prices of the price base, or cash, in those of the day, as budgets have them. Cash needs inflation, in the file or here, as in 'cash at 2%'. Default: constant." placeholder:"PRICES"`
}

// prices is a kind of prices, and what inflation is if it is said with it.
type prices struct {
	kind      contract.Prices
	inflation string
	said      bool // whether the flag is there at all
}

// UnmarshalText reads constant, cash, or cash at a rate.
func (p *prices) UnmarshalText(text []byte) error {
	kind, rate, at := strings.Cut(strings.TrimSpace(string(text)), " at ")
	if err := p.kind.UnmarshalText([]byte(strings.TrimSpace(kind))); err != nil {
		return fmt.Errorf("%q is not a kind of prices: write constant, cash, or cash with inflation a year, as in 'cash at 2%%'", text)
	}
	p.said = true
	if p.inflation = strings.TrimSpace(rate); at && p.kind == contract.Constant {
		return fmt.Errorf("%q: constant prices take no inflation: write constant, or 'cash at %s'", text, p.inflation)
	}
	return nil
}

// open reads a programme as if its file stated the inflation that the flag does.
func (p prices) open(to *streams, name string) (*scenario.Document, error) {
	d, err := openDocument(to, name)
	if err != nil || p.inflation == "" {
		return d, err
	}
	return d.Assuming(scenario.Set("inflation", p.inflation))
}

// given reports whether the flag says anything.
func (p prices) given() bool { return p.kind != contract.Constant || p.inflation != "" }
