package scenario

import (
	"fmt"
	"io"

	"github.com/edgeofcare/edgeofcare/model"
)

// Fund is the terms of a fund of several programmes, as a file states them:
//
//	fund: Children's Outcomes Fund
//	facility:                      # as in a programme file
//	  investors:
//	    Foundation: {commitment: 300000, rank: 2, grant: yes}
//	    Lender: {commitment: 900000, rank: 1, interest: 6%, interest paid: rolled up}
//	  draw order: first loss first
//	shared: [unit costs.*, delivery.scale]
//	correlation of referrals: 30%
//
// All but fund and facility may be left out.
type Fund struct {
	Name     string          `json:"name"`
	Facility *model.Facility `json:"facility"`
	// Shared are the uncertain inputs that all programmes have in common, and
	// Referrals is the correlation of their numbers of children referred.
	Shared    []model.Path `json:"shared,omitempty"`
	Referrals float64      `json:"correlation_of_referrals,omitempty"`
}

// The settings of the file of a fund.
const (
	fundName      = "fund"
	fundFacility  = "facility"
	fundShared    = "shared"
	fundReferrals = "correlation of referrals"
)

// ReadFund reads the file of a fund of programmes, of which the first says whether
// there is inflation, so that rates are real or nominal. The error joins all faults of
// the file in order of line, each a *model.Fault; what does not fit the programmes is
// found when they are put together.
func ReadFund(name string, r io.Reader, first *model.Programme) (*Fund, error) {
	if r == nil || first == nil {
		return nil, fmt.Errorf("%s: there is nothing to read from, or no programme: give both", name)
	}
	text, err := io.ReadAll(io.LimitReader(r, maxBytes+1))
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	root, findings := parse(name, text)
	if root == nil {
		return nil, join(findings)
	}
	d := newDecoder(root)
	d.p.Inflation, d.p.PriceYear, d.p.Currency = first.Inflation, first.PriceYear, first.Currency
	top := d.enter(root, "").fields(fundName, fundFacility, fundShared, fundReferrals)
	fund := &Fund{
		Name:     top.need(fundName, want{"a short name", "Children's Outcomes Fund"}).text(),
		Facility: d.facility(top.need(fundFacility, sentence("who commits what to the fund, as in a programme file"))),
	}
	for _, item := range top.may(fundShared).list() {
		fund.Shared = append(fund.Shared, model.Path(item.text()))
	}
	if referrals := top.may(fundReferrals); referrals.given() {
		fund.Referrals = referrals.share(aShare).InexactFloat64()
	}
	return fund, join(append(findings, d.findings...))
}
