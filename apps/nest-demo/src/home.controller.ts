import { Controller, Get } from '@nestjs/common'

@Controller()
export class HomeController {
  @Get()
  home() {
    return { api: '/pay/openapi.json', health: '/pay/health', metrics: '/metrics' }
  }
}
