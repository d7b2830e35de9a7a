package scenario

import (
	"slices"

	"github.com/shopspring/decimal"

	"github.com/edgeofcare/edgeofcare/model/contract"
)

// allClaims are the claims of a payer that shares in those of every council.
const allClaims = "all"

// paysOfAll reports whether a payer is a council with a fixed share of all claims,
// whichever council's child it is. Then every payer's share is of all claims.
func (d *decoder) paysOfAll(n named) bool {
	return n.name != contract.ClaimingCommissioner && slices.Contains(d.commissioners.valid, n.name) && d.sharesInAll(n)
}

// sharesInAll reports whether a payer says that it shares in all claims.
func (d *decoder) sharesInAll(n named) bool {
	if !n.given() || slices.Contains(d.commissioners.valid, allClaims) {
		return false
	}
	e, ok := n.n.entry("claims")
	return ok && e.value.inner().kind == scalar && e.value.inner().text == allClaims
}

// payer reads a payer of a contract in which shares are, or are not, of all claims
// whichever council's child it is.
func (d *decoder) payer(n named, fixed bool) contract.Payer {
	f := n.fields("share", "claims", "cap", "then")
	p := contract.Payer{Name: n.name}
	claims := f.may("claims")
	if !d.sharesInAll(n) {
		p.Claims = claims.nameList(d.commissioners)
	}
	p.Shares = f.need("share", aShare).datedShares()
	p.Cap, p.CapIndexation = f.may("cap").indexedLimit()
	if fixed && p.Cap.Valid {
		p.Then = contract.OthersPay
	}
	if then := f.may("then"); then.given() {
		then.unmarshal(&p.Then, want{what: "commissioner pays, others pay or stop"})
		if _, ok := f.has("cap"); !ok {
			then.warn("this says what happens above a cap, but the payer has no cap: write a cap, or remove this")
		}
	}
	payers := append([]string{contract.ClaimingCommissioner}, d.commissioners.valid...)
	switch {
	case !slices.Contains(payers, n.name):
		if near, ok := almost(n.name, payers); ok {
			n.fault("%s is almost %s: did you mean that? Another payer needs a name that differs more", quote(n.name), quote(near))
		}
	case n.name == contract.ClaimingCommissioner && d.sharesInAll(n):
		claims.fault("%s stands for each council, for its own claims: for fixed shares of all claims, write each council that pays under its own name, with claims: %s",
			contract.ClaimingCommissioner, allClaims)
	case n.name != contract.ClaimingCommissioner && !d.sharesInAll(n):
		d.council(n, &p, fixed)
	}
	return p
}

// council turns a payer with the name of a commissioner into that
// commissioner's part of its own claims.
func (d *decoder) council(n named, p *contract.Payer, fixed bool) {
	another := func(name string) bool { return name != n.name }
	switch {
	case fixed:
		n.fault("another council pays a fixed share of all claims, so that no claim is a council's own: write claims: %s here too, or in no council's part", allClaims)
		return
	case slices.ContainsFunc(p.Claims, another):
		n.fault("%s is a commissioner, and a commissioner shares in its own claims, or in all: remove claims, or write claims: %s for a fixed share of all claims whichever council's child it is",
			quote(n.name), allClaims)
	case p.Cap.Valid:
		n.warn("%s is a commissioner, and a commissioner that pays for its own claims has no cap as a payer: use contract cap", quote(n.name))
		p.Cap = decimal.NullDecimal{}
	}
	p.Name, p.Claims = contract.ClaimingCommissioner, []string{n.name}
}

// datedShares reads a share, or a list of shares from dates on.
func (c cursor) datedShares() []contract.DatedShare {
	switch {
	case c.given() && c.n.kind == block && len(c.n.entries) > 0:
		c.fault("a block was given where a share is needed: write one share such as 27.5%%, or each share with the date from which it holds, as %s", sharesByDate)
		return nil
	case !c.given() || c.n.kind != sequence:
		return []contract.DatedShare{{Share: c.share(aShare)}}
	}
	var shares []contract.DatedShare
	for i, item := range c.list() {
		if item.isBlock("until") || item.isBlock("to") {
			item.fault("a share holds until the next one begins: write the dates from which shares hold, as %s", sharesByDate)
			continue
		}
		f := item.fields("from", "share")
		from := f.may("from")
		dated := contract.DatedShare{From: from.date(), Share: f.need("share", aShare).share(aShare)}
		from.during(dated.From, 0)
		if i > 0 && len(shares) > 0 {
			f.inOrder(from, dated, shares[len(shares)-1])
		}
		shares = append(shares, dated)
	}
	if len(shares) == 0 && c.sound() {
		c.fault("the list is empty: write a share, or shares with the date from which each holds")
	}
	return shares
}

const sharesByDate = "[{share: 30%}, {from: 2024-10-01, share: 0%}]"

// inOrder refuses shares that are not in order of date.
func (f fields) inOrder(from cursor, dated, before contract.DatedShare) {
	if _, ok := f.has("from"); !ok && f.given() {
		f.fault("the date from which this share holds is missing: write from and a date, such as %s", aDate.example)
		return
	}
	if from.sound() && !dated.From.After(before.From) {
		from.fault("%s is not after the date of the share before it, %s: put shares in order of date", dated.From, before.From)
	}
}
