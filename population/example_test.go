package population_test

import (
	"context"
	"fmt"

	"github.com/edgeofcare/edgeofcare/population"
)

func Example() {
	p := council() // made of returns, see population.FromSpells
	lever, err := population.ParseLever("foster to residential -5%")
	if err != nil {
		fmt.Println(err)
		return
	}
	f, err := p.Forecast(context.Background(), population.Options{Years: 2, Levers: []population.Lever{lever}})
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, s := range f.Stock[1 : 1+len(p.States)] { // the first line is all
		last := s.Years[len(s.Years)-1]
		fmt.Printf("%-12s%4d today, %.0f expected, give or take %.0f by chance\n", s.State, s.Today, last.Expected, last.ChanceSD)
	}
	fmt.Printf("5%% fewer moves to residential care save £%.0f\n", f.Levers[0].Total.Expected)
	// Output:
	// foster       736 today, 745 expected, give or take 24 by chance
	// residential  181 today, 186 expected, give or take 13 by chance
	// 5% fewer moves to residential care save £562713
}
