/** How many rows of one group a sheet has, and their sums in fen, without regard to sign. */
export class Tally {
  count = 0
  amount = 0
  discount = 0

  add(amount: number, discount = 0): void {
    this.count++
    this.amount += amount
    this.discount += discount
  }

  plus(other: Tally): Tally {
    const sum = new Tally()
    sum.count = this.count + other.count
    sum.amount = this.amount + other.amount
    sum.discount = this.discount + other.discount
    return sum
  }
}
