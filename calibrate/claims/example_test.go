package claims_test

import (
	"fmt"
	"strings"

	"github.com/edgeofcare/edgeofcare/calibrate/claims"
)

// The first payments of DN2, as the INDIGO dataset of the Government Outcomes Lab
// publishes them.
func Example() {
	file := "quarter,amount\nQ4 2020/21,16689\nQ1 2021/22,40577\nQ2 2021/22,98010\n"
	all, err := claims.Read(strings.NewReader(file))
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, q := range claims.Quarters(all) {
		fmt.Printf("%s: £%s\n", q.Quarter, q.Amount)
	}
	// Output:
	// Q4 2020/21: £16689
	// Q1 2021/22: £40577
	// Q2 2021/22: £98010
}
